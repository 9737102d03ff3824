package zap

// What the tests and fuzz targets of the wire format need.
var (
	Parse          = parse
	EncodeMetadata = encodeMetadata
	DecodeMetadata = decodeMetadata
	CheckMetadata  = checkMetadata
)

func Frames(r Response, id string) ([][]byte, error) { return r.frames(id) }
