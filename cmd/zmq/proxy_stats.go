package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	zmq "gozmq"
	"gozmq/cmd/zmq/internal/units"
)

// proxyStats shows what goes through a proxy.
type proxyStats struct {
	p     *proxyCommand
	proxy *zmq.Proxy
	began time.Time

	last     time.Time // of rates
	lastSent zmq.ProxyStats
}

// every prints the statistics at intervals until stop.
func (s *proxyStats) every(interval time.Duration, stop <-chan struct{}) error {
	if interval <= 0 {
		<-stop
		return nil
	}
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if !s.p.json {
				s.p.Say("%s", s.total())
			} else if err := s.print(); err != nil {
				return err
			}
		case <-stop:
			return nil
		}
	}
}

// rates is what went through since the last call, for the moving line.
func (s *proxyStats) rates(now time.Time) string {
	stats := s.proxy.Stats()
	seconds := max(now.Sub(s.last).Seconds(), 0.001)
	line := s.ways(stats, func(to, before zmq.Traffic) string {
		return fmt.Sprintf("%s msg/s %s/s", units.Count(float64(to.Messages-before.Messages)/seconds),
			units.Size(float64(to.Bytes-before.Bytes)/seconds))
	})
	s.last, s.lastSent = now, stats
	return line
}

// total is what went through since the beginning.
func (s *proxyStats) total() string {
	stats := s.proxy.Stats()
	line := s.ways(stats, func(to, _ zmq.Traffic) string {
		return fmt.Sprintf("%s messages, %s", units.Count(float64(to.Messages)), units.Size(float64(to.Bytes)))
	})
	if stats.CaptureDropped > 0 {
		line += fmt.Sprintf("; %s copies dropped", units.Count(float64(stats.CaptureDropped)))
	}
	if stats.Refused > 0 {
		line += fmt.Sprintf("; %s messages refused", units.Count(float64(stats.Refused)))
	}
	return fmt.Sprintf("%s in %s", line, units.Took(time.Since(s.began)))
}

// ways writes both directions; a streamer has one.
func (s *proxyStats) ways(stats zmq.ProxyStats, write func(to, before zmq.Traffic) string) string {
	ways := []string{s.p.frontIs + " → " + s.p.backIs + ": " + write(stats.BackendSent, s.lastSent.BackendSent)}
	if s.p.frontend == zmq.ROUTER {
		ways = append(ways, s.p.backIs+" → "+s.p.frontIs+": "+write(stats.FrontendSent, s.lastSent.FrontendSent))
	}
	return strings.Join(ways, "   ")
}

// statsLine is the statistics in JSON.
type statsLine struct {
	Time             time.Time   `json:"time"`
	Seconds          float64     `json:"seconds"` // since the beginning
	FrontendReceived trafficLine `json:"frontend_received"`
	FrontendSent     trafficLine `json:"frontend_sent"`
	BackendReceived  trafficLine `json:"backend_received"`
	BackendSent      trafficLine `json:"backend_sent"`
	CaptureDropped   uint64      `json:"capture_dropped"`
	Refused          uint64      `json:"refused"`
}

type trafficLine struct {
	Messages uint64 `json:"messages"`
	Frames   uint64 `json:"frames"`
	Bytes    uint64 `json:"bytes"`
}

func (s *proxyStats) print() error {
	stats := s.proxy.Stats()
	b, err := json.Marshal(statsLine{
		time.Now(), time.Since(s.began).Seconds(),
		trafficLine(stats.FrontendReceived), trafficLine(stats.FrontendSent),
		trafficLine(stats.BackendReceived), trafficLine(stats.BackendSent),
		stats.CaptureDropped, stats.Refused,
	})
	if err != nil {
		return err
	}
	return s.p.printLine(string(b))
}
