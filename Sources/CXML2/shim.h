#pragma once
#include <libxml/xmlversion.h>

// Debian's libxml2 shows types of ICU in its headers, which are not those that Foundation has.
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

// The tree of an HTML text in UTF-8, however broken the text is; NULL where there is nothing in it.
// What it says of its character set is passed over.
static inline htmlDocPtr gantry_read_html(const char *text, int length) {
  return htmlReadMemory(
      text, length, NULL, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
          HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT);
}

// `xmlFree` is a variable.
static inline void gantry_free(void *text) { xmlFree(text); }
