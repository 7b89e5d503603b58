/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-json-scanner-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Translators: %s is what is wrong there, such as “a comma or a closing bracket was expected”. */
#define FORMAT N_("JSON text, byte %zu: %s")

#define REPLACEMENT_CHARACTER 0xfffd

#define WORD_SIZE sizeof (guint64)
#define EVERY_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* For every open array or object, one bit: is it an object? */
typedef struct
{
  guint depth;
  gboolean in_object; /* the innermost one is an object */
  guint64 is_object[PUSHER_JSON_MAX_DEPTH / 64];
} Nesting;

/*
 * pusher_json_scanner_init:
 * @text: (array length=length): stays in use; may be NULL if @length is 0
 * @error_code: of all errors of this scanner
 */
void
pusher_json_scanner_init (PusherJsonScanner *scanner,
                          const char        *text,
                          gsize              length,
                          PusherError        error_code)
{
  if (text == NULL)
    text = "";

  scanner->start = text;
  scanner->cursor = text;
  scanner->end = text + length;
  scanner->error_code = error_code;
  scanner->in_english = FALSE;
}

/*
 * pusher_json_scanner_fail:
 * @what: what is wrong at the cursor, in English
 *
 * Returns: FALSE, so that a caller can return it
 */
gboolean
pusher_json_scanner_fail (const PusherJsonScanner *scanner,
                          GError                 **error,
                          const char              *what)
{
  gsize offset = scanner->cursor - scanner->start;

  if (error == NULL)
    return FALSE;

  if (scanner->in_english)
    g_set_error (error, PUSHER_ERROR, scanner->error_code, FORMAT, offset, what);
  else
    g_set_error (error, PUSHER_ERROR, scanner->error_code, _(FORMAT), offset, _(what));

  return FALSE;
}

/*
 * pusher_json_scanner_finish:
 *
 * Checks that nothing but white space is left.
 */
gboolean
pusher_json_scanner_finish (PusherJsonScanner *scanner,
                            GError           **error)
{
  pusher_json_scanner_skip_space (scanner);

  if (scanner->cursor < scanner->end)
    return pusher_json_scanner_fail (scanner, error, N_("more text after the value"));

  return TRUE;
}

/* The pass_…() functions move over one kind of text and return the position
 * behind it. They write what it stands for to *@out and advance that, unless
 * @out is NULL. Positions are locals and not scanner->cursor, for the compiler
 * to keep them in registers: this is the hot path of every message.
 */

static inline gboolean
is_plain (guchar byte)
{
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* Tells which bytes of @word end a run of plain characters: quotes, backslashes,
 * control characters and the bytes of non-ASCII characters. Each sets the
 * highest bit of its byte. The bits above the lowest one that is set may be
 * wrong, since subtractions borrow from the bytes above.
 */
static inline guint64
find_special_bytes (guint64 word)
{
  guint64 quotes = word ^ EVERY_BYTE ('"');
  guint64 backslashes = word ^ EVERY_BYTE ('\\');

  return ((word - EVERY_BYTE (0x20)) |
          (quotes - EVERY_BYTE (1)) |
          (backslashes - EVERY_BYTE (1)) |
          word) &
         EVERY_BYTE (0x80);
}

/* Passes characters that stand for themselves, a word at a time. Whole words are
 * written, even if some of their bytes are not plain: those are overwritten
 * next, and the output never gets ahead of the input, so there is room.
 */
G_ALWAYS_INLINE static inline const char *
pass_plain (const char *p,
            const char *end,
            char      **out)
{
  while ((gsize) (end - p) >= WORD_SIZE)
    {
      guint64 word, special;
      gsize n_plain;

      memcpy (&word, p, WORD_SIZE);
      special = find_special_bytes (GUINT64_FROM_LE (word));
      n_plain = special == 0 ? WORD_SIZE : (gsize) __builtin_ctzll (special) / 8;

      if (out != NULL)
        {
          memcpy (*out, &word, WORD_SIZE);
          *out += n_plain;
        }
      p += n_plain;
      if (n_plain < WORD_SIZE)
        return p;
    }

  for (; p < end && is_plain (*p); p++)
    if (out != NULL)
      *(*out)++ = *p;

  return p;
}

/* Passes one non-ASCII character, strictly as in RFC 3629: no overlong forms,
 * no surrogates, nothing above U+10FFFF. Returns NULL if it is not one.
 */
G_ALWAYS_INLINE static inline const char *
pass_utf8 (const char *p,
           const char *end,
           char      **out)
{
  const guchar *bytes = (const guchar *) p;
  guchar lowest = 0x80, highest = 0xbf; /* of the second byte */
  gsize length;

  if (bytes[0] >= 0xc2 && bytes[0] <= 0xdf)
    length = 2;
  else if (bytes[0] >= 0xe0 && bytes[0] <= 0xef)
    length = 3;
  else if (bytes[0] >= 0xf0 && bytes[0] <= 0xf4)
    length = 4;
  else
    return NULL;

  if (bytes[0] == 0xe0)
    lowest = 0xa0;
  else if (bytes[0] == 0xed)
    highest = 0x9f;
  else if (bytes[0] == 0xf0)
    lowest = 0x90;
  else if (bytes[0] == 0xf4)
    highest = 0x8f;

  if ((gsize) (end - p) < length || bytes[1] < lowest || bytes[1] > highest)
    return NULL;

  for (gsize i = 2; i < length; i++)
    if ((bytes[i] & 0xc0) != 0x80)
      return NULL;

  if (out != NULL)
    for (gsize i = 0; i < length; i++)
      *(*out)++ = p[i];

  return p + length;
}

/* Reads the four digits of a \u escape. Returns -1 if there are not four. */
static int
read_hex (const char *p,
          const char *end)
{
  int value = 0;

  if (end - p < 4)
    return -1;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }

  return value;
}

/* Is told of a string that is sound. */
static const char *const has_nul = N_("a string with a NUL character is not supported");

/* Passes the digits of a \u escape, and the second half of a surrogate pair.
 *
 * Half a pair is valid JSON, but not a character. It is what a server written in
 * JavaScript makes of a text that it cut in the middle of an emoji, so it reads
 * as U+FFFD and does not cost the whole message.
 */
static const char *
pass_unicode_escape (const char  *p,
                     const char  *end,
                     char       **out,
                     const char **what)
{
  int unit = read_hex (p, end);
  gunichar character = unit;

  if (unit < 0)
    {
      *what = N_("a \\u escape without four hexadecimal digits");
      return NULL;
    }
  if (unit == 0 && out != NULL)
    *what = has_nul;

  p += 4;
  if (unit >= 0xd800 && unit <= 0xdfff)
    {
      character = REPLACEMENT_CHARACTER;
      if (unit <= 0xdbff && end - p >= 2 && p[0] == '\\' && p[1] == 'u')
        {
          int low = read_hex (p + 2, end);

          if (low >= 0xdc00 && low <= 0xdfff)
            {
              character = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
              p += 6;
            }
        }
    }

  if (out != NULL)
    *out += g_unichar_to_utf8 (character, *out);

  return p;
}

/* Passes an escape sequence. */
G_ALWAYS_INLINE static inline const char *
pass_escape (const char  *p,
             const char  *end,
             char       **out,
             const char **what)
{
  static const char meanings[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
  };
  char meaning;

  if (end - p < 2)
    {
      *what = N_("the string has no end");
      return NULL;
    }
  if (p[1] == 'u')
    return pass_unicode_escape (p + 2, end, out, what);

  meaning = meanings[(guchar) p[1]];
  if (meaning == '\0')
    {
      *what = N_("an unknown escape sequence");
      return NULL;
    }
  if (out != NULL)
    *(*out)++ = meaning;

  return p + 2;
}

/* Passes one character that is not plain. */
G_ALWAYS_INLINE static inline const char *
pass_special (const char  *p,
              const char  *end,
              char       **out,
              const char **what)
{
  const char *next;

  if (*p == '\\')
    return pass_escape (p, end, out, what);

  if ((guchar) *p < 0x20)
    {
      *what = N_("a control character in a string");
      return NULL;
    }

  next = pass_utf8 (p, end, out);
  if (next == NULL)
    *what = N_("invalid UTF-8");

  return next;
}

/* Moves past the string at the cursor. nul: (out) (optional): whether one was decoded */
G_ALWAYS_INLINE static inline gboolean
scan_string (PusherJsonScanner *scanner,
             char             **out,
             gboolean          *nul,
             GError           **error)
{
  const char *what = NULL;
  const char *p = scanner->cursor;
  const char *end = scanner->end;

  if (p == end || *p != '"')
    return pusher_json_scanner_fail (scanner, error, N_("a string was expected"));

  p++;
  for (;;)
    {
      const char *next;

      p = pass_plain (p, end, out);
      if (p < end && *p == '"')
        break;

      next = p < end ? pass_special (p, end, out, &what) : NULL;
      if (next == NULL)
        {
          scanner->cursor = p;
          return pusher_json_scanner_fail (scanner, error,
                                           p < end ? what : N_("the string has no end"));
        }
      p = next;
    }

  scanner->cursor = p + 1;
  if (nul != NULL)
    *nul = what != NULL;
  return TRUE;
}

/* Each NUL in the text before the one at its end, which was read from six bytes, becomes
 * U+FFFD, which has three. behind: the position behind the end. Returns that afterwards. */
static char *
replace_nul (char *text,
             char *behind)
{
  static const char replacement[] = "\xef\xbf\xbd";
  char *end = behind - 1;
  gsize n = 0;
  char *to;

  for (const char *p = text; p < end; p++)
    n += *p == '\0';

  to = end + n * (sizeof replacement - 2);
  *to = '\0';
  for (char *from = end, *p = to; p > from;)
    if (*--from != '\0')
      {
        *--p = *from;
      }
    else
      {
        p -= sizeof replacement - 1;
        memcpy (p, replacement, sizeof replacement - 1);
      }

  return to + 1;
}

/* nul: (out): whether there is a NUL before the one at the end */
static char *
decode (PusherJsonScanner *scanner,
        char              *destination,
        gboolean          *nul,
        GError           **error)
{
  char *out = destination;

  if (!scan_string (scanner, &out, nul, error))
    return NULL;

  *out++ = '\0';
  return out;
}

/*
 * pusher_json_scanner_copy_string:
 * @destination: has at least as many bytes as there are from the cursor to the
 *   end of the text
 *
 * Decodes the string at the cursor, adds a NUL, and moves past the string.
 *
 * What is written, with the NUL, is always shorter than what is read, so that a
 * block as long as the text has room for all strings of the text.
 *
 * Half a surrogate pair becomes U+FFFD. A NUL character is refused, since a C
 * string cannot hold it.
 *
 * Returns: (nullable): the position behind the NUL
 */
char *
pusher_json_scanner_copy_string (PusherJsonScanner *scanner,
                                 char              *destination,
                                 GError           **error)
{
  gboolean nul = FALSE;
  char *behind = decode (scanner, destination, &nul, error);

  if (!nul)
    return behind;

  pusher_json_scanner_fail (scanner, error, has_nul);
  return NULL;
}

/* The same, but NUL characters are taken as they are. */
char *
pusher_json_scanner_copy_bytes (PusherJsonScanner *scanner,
                                char              *destination,
                                GError           **error)
{
  gboolean nul;

  return decode (scanner, destination, &nul, error);
}

/* The same, but NUL characters become U+FFFD too. */
char *
pusher_json_scanner_copy_text (PusherJsonScanner *scanner,
                               char              *destination,
                               GError           **error)
{
  gboolean nul = FALSE;
  char *behind = decode (scanner, destination, &nul, error);

  return nul ? replace_nul (destination, behind) : behind;
}

static inline const char *
pass_digits (const char *p,
             const char *end)
{
  while (p < end && *p >= '0' && *p <= '9')
    p++;

  return p;
}

static inline const char *
pass_one_of (const char *p,
             const char *end,
             char        one,
             char        other)
{
  return p < end && (*p == one || *p == other) ? p + 1 : p;
}

/* Passes a number. Returns where a digit is missing if it is not one, with *valid
 * FALSE. */
static inline const char *
pass_number (const char *p,
             const char *end,
             gboolean   *valid)
{
  const char *digits = pass_one_of (p, end, '-', '-');

  /* A zero in front is the whole integer part. */
  p = pass_one_of (digits, end, '0', '0');
  if (p == digits)
    p = pass_digits (digits, end);
  *valid = p > digits;

  if (*valid && p < end && *p == '.')
    {
      digits = p + 1;
      p = pass_digits (digits, end);
      *valid = p > digits;
    }

  if (*valid && p < end && (*p == 'e' || *p == 'E'))
    {
      digits = pass_one_of (p + 1, end, '+', '-');
      p = pass_digits (digits, end);
      *valid = p > digits;
    }

  return p;
}

static inline gboolean
skip_number (PusherJsonScanner *scanner,
             GError           **error)
{
  gboolean valid;

  scanner->cursor = pass_number (scanner->cursor, scanner->end, &valid);

  return valid || pusher_json_scanner_fail (scanner, error, N_("a digit was expected"));
}

static gboolean
skip_word (PusherJsonScanner *scanner,
           const char        *word,
           GError           **error)
{
  gsize length = strlen (word);

  if ((gsize) (scanner->end - scanner->cursor) < length ||
      memcmp (scanner->cursor, word, length) != 0)
    return pusher_json_scanner_fail (scanner, error, N_("an unknown word"));

  scanner->cursor += length;
  return TRUE;
}

/* Moves past a scalar that begins with @first, which is at the cursor. */
static inline gboolean
skip_scalar (PusherJsonScanner *scanner,
             char               first,
             GError           **error)
{
  switch (first)
    {
    case '"':
      return scan_string (scanner, NULL, NULL, error);
    case 't':
      return skip_word (scanner, "true", error);
    case 'f':
      return skip_word (scanner, "false", error);
    case 'n':
      return skip_word (scanner, "null", error);
    case '-':
    case '0' ... '9':
      return skip_number (scanner, error);
    default:
      return pusher_json_scanner_fail (scanner, error, N_("a value was expected"));
    }
}

static gboolean
skip_key (PusherJsonScanner *scanner,
          GError           **error)
{
  pusher_json_scanner_skip_space (scanner);
  if (!scan_string (scanner, NULL, NULL, error))
    return FALSE;

  if (!pusher_json_scanner_take (scanner, ':'))
    return pusher_json_scanner_fail (scanner, error, N_("a colon was expected"));

  return TRUE;
}

static inline gboolean
enter (PusherJsonScanner *scanner,
       Nesting           *nesting,
       gboolean           is_object,
       GError           **error)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << nesting->depth % 64;

  if (nesting->depth == PUSHER_JSON_MAX_DEPTH)
    return pusher_json_scanner_fail (scanner, error, N_("too many levels of nesting"));

  if (is_object)
    nesting->is_object[nesting->depth / 64] |= bit;
  else
    nesting->is_object[nesting->depth / 64] &= ~bit;
  nesting->in_object = is_object;
  nesting->depth++;
  scanner->cursor++;
  return TRUE;
}

static inline void
leave (PusherJsonScanner *scanner,
       Nesting           *nesting)
{
  guint outer;

  scanner->cursor++;
  nesting->depth--;
  if (nesting->depth == 0)
    return;

  outer = nesting->depth - 1;
  nesting->in_object = nesting->is_object[outer / 64] >> outer % 64 & 1;
}

/* Moves past all that may stand between two values: ends of arrays and objects,
 * a comma, a key. The outermost level is left when there is no further value.
 */
static inline gboolean
go_to_next_value (PusherJsonScanner *scanner,
                  Nesting           *nesting,
                  gboolean           is_first,
                  GError           **error)
{
  while (nesting->depth > 0)
    {
      char next = pusher_json_scanner_peek (scanner);

      if (next == (nesting->in_object ? '}' : ']'))
        {
          leave (scanner, nesting);
          is_first = FALSE;
          continue;
        }
      if (!is_first && next != ',')
        return pusher_json_scanner_fail (scanner, error,
                                         N_("a comma or a closing bracket was expected"));

      if (!is_first)
        scanner->cursor++;
      return nesting->in_object ? skip_key (scanner, error) : TRUE;
    }

  return TRUE;
}

/*
 * pusher_json_scanner_skip_value:
 *
 * Checks the value at the cursor, white space before it allowed, and moves past
 * it.
 *
 * Unlike pusher_json_scanner_copy_string(), allows NUL characters in strings:
 * the escape sequence does no harm as long as it is not decoded.
 */
gboolean
pusher_json_scanner_skip_value (PusherJsonScanner *scanner,
                                GError           **error)
{
  Nesting nesting = { 0 };

  do
    {
      char first = pusher_json_scanner_peek (scanner);
      gboolean is_container = first == '{' || first == '[';

      if (is_container)
        {
          if (!enter (scanner, &nesting, first == '{', error))
            return FALSE;
        }
      else if (!skip_scalar (scanner, first, error))
        return FALSE;

      if (!go_to_next_value (scanner, &nesting, is_container, error))
        return FALSE;
    }
  while (nesting.depth > 0);

  return TRUE;
}
