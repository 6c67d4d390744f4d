#pragma once
#include <errno.h>
#include <gmime/gmime.h>
#include <string.h>

// GObject's casts and type checks are macros, which Swift does not see.

typedef enum {
  GANTRY_PART_TEXT,
  GANTRY_PART_LEAF,
  GANTRY_PART_MULTIPART,
  GANTRY_PART_MESSAGE,
  GANTRY_PART_OTHER,
} gantry_part_kind;

static inline gantry_part_kind gantry_kind_of_part(GMimeObject *part) {
  if (GMIME_IS_MULTIPART(part)) return GANTRY_PART_MULTIPART;
  if (GMIME_IS_MESSAGE_PART(part)) return GANTRY_PART_MESSAGE;
  if (GMIME_IS_TEXT_PART(part)) return GANTRY_PART_TEXT;
  if (GMIME_IS_PART(part)) return GANTRY_PART_LEAF;
  return GANTRY_PART_OTHER;
}

// The message in some bytes, which are copied; NULL where GMime makes nothing of them.
static inline GMimeMessage *gantry_read_message(const void *bytes, size_t length) {
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)bytes, length);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  g_object_unref(stream);
  g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  g_object_unref(parser);
  return message;
}

static inline GMimeObject *gantry_root_of_message(GMimeMessage *message) {
  return g_mime_message_get_mime_part(message);
}

static inline GMimeObject *gantry_object_of_message(GMimeMessage *message) {
  return GMIME_OBJECT(message);
}

static inline int gantry_count_of_fields(GMimeObject *part) {
  return g_mime_header_list_get_count(g_mime_object_get_header_list(part));
}

// Whether one field of a header has a name, in any case.
static inline int gantry_is_field_named(GMimeObject *part, int place, const char *name) {
  const char *found = g_mime_header_get_name(
      g_mime_header_list_get_header_at(g_mime_object_get_header_list(part), place));
  return found != NULL && g_ascii_strcasecmp(found, name) == 0;
}

// The value of one field of a header, as it was written.

static inline const char *gantry_value_of_field(GMimeObject *part, int place) {
  return g_mime_header_get_raw_value(
      g_mime_header_list_get_header_at(g_mime_object_get_header_list(part), place));
}

static inline int gantry_count_of_parts(GMimeObject *multipart) {
  return g_mime_multipart_get_count(GMIME_MULTIPART(multipart));
}

static inline GMimeObject *gantry_part_at(GMimeObject *multipart, int place) {
  return g_mime_multipart_get_part(GMIME_MULTIPART(multipart), place);
}

// Whether the line that ends a message in parts was there.
static inline int gantry_is_closed(GMimeObject *multipart) {
  return GMIME_MULTIPART(multipart)->write_end_boundary;
}

// What stands before the first part.
static inline const char *gantry_prologue(GMimeObject *multipart) {
  return g_mime_multipart_get_prologue(GMIME_MULTIPART(multipart));
}

static inline GMimeMessage *gantry_message_in_part(GMimeObject *part) {
  return g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
}

// The content of a part with its transfer encoding undone, to be freed by `g_byte_array_unref`.
static inline GByteArray *gantry_content_of_part(GMimeObject *part) {
  GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
  GByteArray *bytes = g_byte_array_new();
  if (content == NULL) return bytes;
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  g_mime_data_wrapper_write_to_stream(content, stream);
  g_object_unref(stream);
  return bytes;
}

static inline void gantry_release(void *object) { g_object_unref(object); }

// Bytes of a character set as UTF-8, those that are none as U+FFFD, to be freed by
// `g_byte_array_unref`; NULL where the character set is not known. `wrong` counts what was replaced.
static inline GByteArray *gantry_utf8(
    const char *charset, const void *bytes, size_t length, size_t *wrong) {
  *wrong = 0;
  iconv_t converter = g_mime_iconv_open("UTF-8", charset);
  if (converter == (iconv_t)-1) return NULL;
  GByteArray *text = g_byte_array_sized_new((guint)length + 16);
  char *from = (char *)bytes;
  size_t left = length;
  char buffer[4096];
  while (left > 0) {
    char *to = buffer;
    size_t room = sizeof buffer;
    size_t result = iconv(converter, &from, &left, &to, &room);
    int reason = errno;
    g_byte_array_append(text, (const guint8 *)buffer, (guint)(to - buffer));
    if (result != (size_t)-1 || reason == E2BIG) continue;
    g_byte_array_append(text, (const guint8 *)"\xef\xbf\xbd", 3);
    from += 1;
    left -= 1;
    *wrong += 1;
    iconv(converter, NULL, NULL, NULL, NULL);
  }
  g_mime_iconv_close(converter);
  return text;
}
