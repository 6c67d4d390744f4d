#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

// Options and answers are of many types, which Swift can't pass to functions of C that take any.

static inline CURLcode gantry_curl_set_text(CURL *handle, CURLoption option, const char *text) {
  return curl_easy_setopt(handle, option, text);
}

static inline CURLcode gantry_curl_set_number(CURL *handle, CURLoption option, long number) {
  return curl_easy_setopt(handle, option, number);
}

static inline CURLcode gantry_curl_set_list(
    CURL *handle, CURLoption option, struct curl_slist *list) {
  return curl_easy_setopt(handle, option, list);
}

static inline curl_socket_t gantry_curl_socket(CURL *handle) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket);
  return socket;
}

/// Has a reason written, of at most CURL_ERROR_SIZE bytes.
static inline void gantry_curl_write_reason(CURL *handle, char *reason) {
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, reason);
}

// What is sent to somebody who has stopped to acknowledge it is given up after this long.
static inline int gantry_curl_prepare_socket(void *nothing, curl_socket_t socket, curlsocktype kind) {
  (void)nothing;
  (void)kind;
  unsigned int milliseconds = 10000;
  setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
  return CURL_SOCKOPT_OK;
}

static inline void gantry_curl_watch_peer(CURL *handle) {
  curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, gantry_curl_prepare_socket);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPIDLE, 15L);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPINTVL, 5L);
}

/// Has a function asked, once a second or more often, whether to stop: it returns 0 to go on.
static inline void gantry_curl_ask_to_stop(
    CURL *handle, int (*stops)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t)) {
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, stops);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}

/// Bytes to send, and how many went.
typedef struct {
  const char *bytes;
  size_t count;
  size_t sent;
} gantry_curl_upload;

static inline size_t gantry_curl_read_upload(char *into, size_t size, size_t count, void *data) {
  gantry_curl_upload *upload = (gantry_curl_upload *)data;
  size_t rest = upload->count - upload->sent;
  size_t room = size * count;
  size_t now = rest < room ? rest : room;
  memcpy(into, upload->bytes + upload->sent, now);
  upload->sent += now;
  return now;
}

static inline void gantry_curl_set_upload(CURL *handle, gantry_curl_upload *upload) {
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, gantry_curl_read_upload);
  curl_easy_setopt(handle, CURLOPT_READDATA, upload);
}

static inline size_t gantry_curl_drop(char *from, size_t size, size_t count, void *data) {
  (void)from;
  (void)data;
  return size * count;
}

/// Has everything dropped that would be printed.
static inline void gantry_curl_be_silent(CURL *handle) {
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, gantry_curl_drop);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, gantry_curl_drop);
}
