/* Every function libzmq exports, once: the table, the loader, the static build and the
   comparison with zmq.h are all made from this list.

   To use it, define GOZMQ_FN(ret, name, args) and include this file; define
   GOZMQ_DRAFT_FN(ret, name, args) too where the draft functions need another treatment.
   Both are undefined again at the end. There is no include guard on purpose. */

#ifndef GOZMQ_DRAFT_FN
#define GOZMQ_DRAFT_FN GOZMQ_FN
#endif

/* Library */
GOZMQ_FN(int, zmq_errno, (void))
GOZMQ_FN(const char *, zmq_strerror, (int))
GOZMQ_FN(void, zmq_version, (int *, int *, int *))
GOZMQ_FN(int, zmq_has, (const char *))

/* Context */
GOZMQ_FN(void *, zmq_ctx_new, (void))
GOZMQ_FN(int, zmq_ctx_term, (void *))
GOZMQ_FN(int, zmq_ctx_shutdown, (void *))
GOZMQ_FN(int, zmq_ctx_set, (void *, int, int))
GOZMQ_FN(int, zmq_ctx_get, (void *, int))
GOZMQ_FN(void *, zmq_init, (int))
GOZMQ_FN(int, zmq_term, (void *))
GOZMQ_FN(int, zmq_ctx_destroy, (void *))

/* Socket */
GOZMQ_FN(void *, zmq_socket, (void *, int))
GOZMQ_FN(int, zmq_close, (void *))
GOZMQ_FN(int, zmq_setsockopt, (void *, int, const void *, size_t))
GOZMQ_FN(int, zmq_getsockopt, (void *, int, void *, size_t *))
GOZMQ_FN(int, zmq_bind, (void *, const char *))
GOZMQ_FN(int, zmq_connect, (void *, const char *))
GOZMQ_FN(int, zmq_unbind, (void *, const char *))
GOZMQ_FN(int, zmq_disconnect, (void *, const char *))
GOZMQ_FN(int, zmq_send, (void *, const void *, size_t, int))
GOZMQ_FN(int, zmq_send_const, (void *, const void *, size_t, int))
GOZMQ_FN(int, zmq_recv, (void *, void *, size_t, int))
GOZMQ_FN(int, zmq_socket_monitor, (void *, const char *, int))
GOZMQ_FN(int, zmq_sendmsg, (void *, zmq_msg_t *, int))
GOZMQ_FN(int, zmq_recvmsg, (void *, zmq_msg_t *, int))
GOZMQ_FN(int, zmq_sendiov, (void *, struct iovec *, size_t, int))
GOZMQ_FN(int, zmq_recviov, (void *, struct iovec *, size_t *, int))

/* Message */
GOZMQ_FN(int, zmq_msg_init, (zmq_msg_t *))
GOZMQ_FN(int, zmq_msg_init_size, (zmq_msg_t *, size_t))
GOZMQ_FN(int, zmq_msg_init_data, (zmq_msg_t *, void *, size_t, zmq_free_fn *, void *))
GOZMQ_FN(int, zmq_msg_send, (zmq_msg_t *, void *, int))
GOZMQ_FN(int, zmq_msg_recv, (zmq_msg_t *, void *, int))
GOZMQ_FN(int, zmq_msg_close, (zmq_msg_t *))
GOZMQ_FN(int, zmq_msg_move, (zmq_msg_t *, zmq_msg_t *))
GOZMQ_FN(int, zmq_msg_copy, (zmq_msg_t *, zmq_msg_t *))
GOZMQ_FN(void *, zmq_msg_data, (zmq_msg_t *))
GOZMQ_FN(size_t, zmq_msg_size, (const zmq_msg_t *))
GOZMQ_FN(int, zmq_msg_more, (const zmq_msg_t *))
GOZMQ_FN(int, zmq_msg_get, (const zmq_msg_t *, int))
GOZMQ_FN(int, zmq_msg_set, (zmq_msg_t *, int, int))
GOZMQ_FN(const char *, zmq_msg_gets, (const zmq_msg_t *, const char *))

/* Polling and proxies */
GOZMQ_FN(int, zmq_poll, (zmq_pollitem_t *, int, long))
GOZMQ_FN(int, zmq_proxy, (void *, void *, void *))
GOZMQ_FN(int, zmq_proxy_steerable, (void *, void *, void *, void *))
GOZMQ_FN(int, zmq_device, (int, void *, void *))

/* Keys and Z85 */
GOZMQ_FN(char *, zmq_z85_encode, (char *, const uint8_t *, size_t))
GOZMQ_FN(uint8_t *, zmq_z85_decode, (uint8_t *, const char *))
GOZMQ_FN(int, zmq_curve_keypair, (char *, char *))
GOZMQ_FN(int, zmq_curve_public, (char *, const char *))

/* Atomic counter */
GOZMQ_FN(void *, zmq_atomic_counter_new, (void))
GOZMQ_FN(void, zmq_atomic_counter_set, (void *, int))
GOZMQ_FN(int, zmq_atomic_counter_inc, (void *))
GOZMQ_FN(int, zmq_atomic_counter_dec, (void *))
GOZMQ_FN(int, zmq_atomic_counter_value, (void *))
GOZMQ_FN(void, zmq_atomic_counter_destroy, (void **))

/* Timers */
GOZMQ_FN(void *, zmq_timers_new, (void))
GOZMQ_FN(int, zmq_timers_destroy, (void **))
GOZMQ_FN(int, zmq_timers_add, (void *, size_t, zmq_timer_fn *, void *))
GOZMQ_FN(int, zmq_timers_cancel, (void *, int))
GOZMQ_FN(int, zmq_timers_set_interval, (void *, int, size_t))
GOZMQ_FN(int, zmq_timers_reset, (void *, int))
GOZMQ_FN(long, zmq_timers_timeout, (void *))
GOZMQ_FN(int, zmq_timers_execute, (void *))

/* Stopwatch, sleep and threads */
GOZMQ_FN(void *, zmq_stopwatch_start, (void))
GOZMQ_FN(unsigned long, zmq_stopwatch_intermediate, (void *))
GOZMQ_FN(unsigned long, zmq_stopwatch_stop, (void *))
GOZMQ_FN(void, zmq_sleep, (int))
GOZMQ_FN(void *, zmq_threadstart, (zmq_thread_fn *, void *))
GOZMQ_FN(void, zmq_threadclose, (void *))

/* Draft: context */
GOZMQ_DRAFT_FN(int, zmq_ctx_set_ext, (void *, int, const void *, size_t))
GOZMQ_DRAFT_FN(int, zmq_ctx_get_ext, (void *, int, void *, size_t *))

/* Draft: socket */
GOZMQ_DRAFT_FN(int, zmq_join, (void *, const char *))
GOZMQ_DRAFT_FN(int, zmq_leave, (void *, const char *))
GOZMQ_DRAFT_FN(uint32_t, zmq_connect_peer, (void *, const char *))
GOZMQ_DRAFT_FN(int, zmq_disconnect_peer, (void *, uint32_t))
GOZMQ_DRAFT_FN(int, zmq_socket_get_peer_state, (void *, const void *, size_t))
GOZMQ_DRAFT_FN(int, zmq_socket_monitor_versioned, (void *, const char *, uint64_t, int, int))
GOZMQ_DRAFT_FN(int, zmq_socket_monitor_pipes_stats, (void *))

/* Draft: message */
GOZMQ_DRAFT_FN(int, zmq_msg_set_routing_id, (zmq_msg_t *, uint32_t))
GOZMQ_DRAFT_FN(uint32_t, zmq_msg_routing_id, (zmq_msg_t *))
GOZMQ_DRAFT_FN(int, zmq_msg_set_group, (zmq_msg_t *, const char *))
GOZMQ_DRAFT_FN(const char *, zmq_msg_group, (zmq_msg_t *))
GOZMQ_DRAFT_FN(int, zmq_msg_init_buffer, (zmq_msg_t *, const void *, size_t))

/* Draft: polling */
GOZMQ_DRAFT_FN(int, zmq_ppoll, (zmq_pollitem_t *, int, long, const gozmq_sigset *))
GOZMQ_DRAFT_FN(void *, zmq_poller_new, (void))
GOZMQ_DRAFT_FN(int, zmq_poller_destroy, (void **))
GOZMQ_DRAFT_FN(int, zmq_poller_size, (void *))
GOZMQ_DRAFT_FN(int, zmq_poller_add, (void *, void *, void *, short))
GOZMQ_DRAFT_FN(int, zmq_poller_modify, (void *, void *, short))
GOZMQ_DRAFT_FN(int, zmq_poller_remove, (void *, void *))
GOZMQ_DRAFT_FN(int, zmq_poller_wait, (void *, zmq_poller_event_t *, long))
GOZMQ_DRAFT_FN(int, zmq_poller_wait_all, (void *, zmq_poller_event_t *, int, long))
GOZMQ_DRAFT_FN(int, zmq_poller_fd, (void *, gozmq_fd *))
GOZMQ_DRAFT_FN(int, zmq_poller_add_fd, (void *, gozmq_fd, void *, short))
GOZMQ_DRAFT_FN(int, zmq_poller_modify_fd, (void *, gozmq_fd, short))
GOZMQ_DRAFT_FN(int, zmq_poller_remove_fd, (void *, gozmq_fd))

#undef GOZMQ_FN
#undef GOZMQ_DRAFT_FN
