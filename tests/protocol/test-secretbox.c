/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "protocol/pusher-secretbox-private.h"

#include "json/pusher-json-validator-private.h"

#include <string.h>

/* Boxes for "private-encrypted-vault" whose master key is the bytes from 0 to
 * 31: the key made with Python's hashlib, the boxes with tweetnacl-js, which is
 * what the official clients and servers for JavaScript use. It was checked
 * against the vector of NaCl's tests/secretbox.c. */
#define CHANNEL "private-encrypted-vault"
#define MASTER_KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define KEY "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="
#define NONCE "ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7"
#define PLAINTEXT "{\"price\":\"12 \xe2\x82\xac\"}"
#define CIPHERTEXT "f5fr5OJ7gzkvnA7Ta8zNZKtjzIAZUMfgeMJh2Hs8+UDVZQ=="

#define BOX(nonce, ciphertext) "{\"nonce\":\"" nonce "\",\"ciphertext\":\"" ciphertext "\"}"

static const struct
{
  const char *data;
  const char *plaintext;
} boxes[] = {
  { BOX (NONCE, CIPHERTEXT), PLAINTEXT },
  { BOX (NONCE, "oD1Df/I8WOCa9P/2UbD8l74uyNI6YO2M"), "not JSON" },
  { BOX (NONCE, "DBuC5KW5ZZY0J7stK5Cctw=="), "" },

  /* It is JSON: white space, escapes and further members do not matter */
  { " { \"ciphertext\" : \"oD1Df\\/I8WOCa9P\\/2UbD8l74uyNI6YO2M\", \"x\": [1], \"nonce\": \"" NONCE
    "\" } ", "not JSON" },
};

static const char *const malformed[] = {
  /* Not a box at all */
  "",
  "null",
  "[]",
  "\"" CIPHERTEXT "\"",
  "{\"nonce\":\"" NONCE "\"",
  "{}",
  "{\"nonce\":\"" NONCE "\"}",
  "{\"ciphertext\":\"" CIPHERTEXT "\"}",
  "{\"nonce\":5,\"ciphertext\":\"" CIPHERTEXT "\"}",
  "{\"nonce\":\"" NONCE "\",\"ciphertext\":null}",
  "{\"nonce\":[],\"ciphertext\":{}}",

  /* Not the nonce of one: 23 and 25 bytes, nothing, not base64 */
  BOX ("ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=", CIPHERTEXT),
  BOX ("ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fA==", CIPHERTEXT),
  BOX ("", CIPHERTEXT),
  BOX ("ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eX*7", CIPHERTEXT),

  /* Not the ciphertext: 15 bytes, nothing, not base64 */
  BOX (NONCE, "DBuC5KW5ZZY0J7stK5Cc"),
  BOX (NONCE, ""),
  BOX (NONCE, "f5fr5OJ7gzkvnA7Ta8zNZKtjzIAZUMfgeMJh2Hs8+UDVZQ="),
  BOX (NONCE, "f5fr5OJ7gzkvnA7Ta8zNZKtjzIAZUMfgeMJh2Hs8-UDVZQ=="),
  BOX (NONCE, " f5fr5OJ7gzkvnA7Ta8zNZKtjzIAZUMfgeMJh2Hs8+UDVZQ=="),
  BOX (NONCE, CIPHERTEXT "AAAA"),

  /* Sound boxes of what is no text: "\xff" in quotes, and "a\0b" */
  BOX (NONCE, "TeGLDfG231ak1eUb2qYctvK+ng=="),
  BOX (NONCE, "/p1h2xNUi8l+jwqox52zULFB3g=="),
};

static PusherSecretboxKey
decode_key (const char *base64)
{
  PusherSecretboxKey key;

  g_assert_true (pusher_secretbox_key_decode (&key, base64));

  return key;
}

static PusherSecretboxResult
open_box (const char *key_base64,
          const char *data,
          char      **plaintext)
{
  PusherSecretboxKey key = decode_key (key_base64);

  return pusher_secretbox_open (&key, data, strlen (data), plaintext);
}

static void
test_derive (void)
{
  PusherSecretboxKey master_key = decode_key (MASTER_KEY);
  PusherSecretboxKey key;
  g_autofree char *encoded = NULL;

  pusher_secretbox_key_derive (&key, CHANNEL, &master_key);
  encoded = pusher_secretbox_key_encode (&key);
  g_assert_cmpstr (encoded, ==, KEY);
}

static void
test_bad_key (void)
{
  static const char *const bad_keys[] = {
    "",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",     /* 31 bytes */
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g",     /* 33 */
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",      /* no padding */
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh-_",
    "not base64!",
  };
  static const PusherSecretboxKey nothing;

  for (gsize i = 0; i < G_N_ELEMENTS (bad_keys); i++)
    {
      PusherSecretboxKey key;

      memset (&key, 0x55, sizeof key);
      g_assert_false (pusher_secretbox_key_decode (&key, bad_keys[i]));
      g_assert_cmpmem (&key, sizeof key, &nothing, sizeof nothing);
    }
}

static void
test_wipe (void)
{
  static const PusherSecretboxKey nothing;
  PusherSecretboxKey key = decode_key (KEY);

  pusher_secretbox_key_wipe (&key);
  g_assert_cmpmem (&key, sizeof key, &nothing, sizeof nothing);
}

static void
test_open (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      g_autofree char *plaintext = NULL;

      g_assert_cmpint (open_box (KEY, boxes[i].data, &plaintext), ==, PUSHER_SECRETBOX_OPENED);
      g_assert_cmpstr (plaintext, ==, boxes[i].plaintext);
    }
}

/* The length counts, as the data of a message need not end where it ends. */
static void
test_open_part (void)
{
  static const char text[] = BOX (NONCE, CIPHERTEXT) "}garbage";
  PusherSecretboxKey key = decode_key (KEY);
  g_autofree char *plaintext = NULL;

  g_assert_cmpint (pusher_secretbox_open (&key, text, strlen (BOX (NONCE, CIPHERTEXT)),
                                          &plaintext),
                   ==, PUSHER_SECRETBOX_OPENED);
  g_assert_cmpstr (plaintext, ==, PLAINTEXT);
}

static void
test_wrong_key (void)
{
  char *plaintext = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    g_assert_cmpint (open_box (MASTER_KEY, boxes[i].data, &plaintext), ==,
                     PUSHER_SECRETBOX_WRONG_KEY);

  g_assert_null (plaintext);
}

/* Whatever bit is another one: in the text, in its authenticator, in the nonce. */
static void
test_tampered (void)
{
  static const char *const parts[] = { NONCE, CIPHERTEXT };
  gsize n_tampered = 0;

  for (gsize part = 0; part < G_N_ELEMENTS (parts); part++)
    {
      gsize size;
      g_autofree guchar *bytes = g_base64_decode (parts[part], &size);

      for (gsize bit = 0; bit < size * 8; bit++)
        {
          g_autofree char *encoded = NULL;
          g_autofree char *data = NULL;
          char *plaintext = NULL;

          bytes[bit / 8] ^= 1 << bit % 8;
          encoded = g_base64_encode (bytes, size);
          bytes[bit / 8] ^= 1 << bit % 8;

          data = g_strdup_printf (BOX ("%s", "%s"), part == 0 ? encoded : NONCE,
                                  part == 1 ? encoded : CIPHERTEXT);
          g_assert_cmpint (open_box (KEY, data, &plaintext), ==, PUSHER_SECRETBOX_WRONG_KEY);
          g_assert_null (plaintext);
          n_tampered++;
        }
    }

  g_assert_cmpint (n_tampered, ==, (24 + 34) * 8);
}

static void
test_malformed (void)
{
  PusherSecretboxKey key = decode_key (KEY);
  char *plaintext = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_test_message ("%s", malformed[i]);
      g_assert_cmpint (open_box (KEY, malformed[i], &plaintext), ==, PUSHER_SECRETBOX_MALFORMED);
      g_assert_null (plaintext);
    }

  g_assert_cmpint (pusher_secretbox_open (&key, NULL, 0, &plaintext), ==,
                   PUSHER_SECRETBOX_MALFORMED);
}

/* libsodium 1.0.18 takes some bytes that are not ASCII for characters of base64. */
static void
test_alphabet (void)
{
  static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  for (guint place = 0; place < strlen (KEY); place++)
    for (guint byte = 1; byte < 256; byte++)
      {
        g_autofree char *text = g_strdup (KEY);
        PusherSecretboxKey key;
        gboolean expected;

        /* The last one before the padding has only two bits that count. */
        text[place] = (char) byte;
        if (place == strlen (KEY) - 1)
          expected = byte == '=';
        else if (place == strlen (KEY) - 2)
          expected = strchr ("AEIMQUYcgkosw048", (int) byte) != NULL;
        else
          expected = strchr (alphabet, (int) byte) != NULL;

        g_test_message ("%u at %u", byte, place);
        g_assert_cmpint (pusher_secretbox_key_decode (&key, text), ==, expected);
      }
}

static void
test_seal (void)
{
  static const char *const texts[] = { "", "x", PLAINTEXT, "\"\\\n\x01" };
  PusherSecretboxKey key = decode_key (KEY);
  g_autofree char *long_text = g_strnfill (100 * 1000, 'l');

  for (gsize i = 0; i <= G_N_ELEMENTS (texts); i++)
    {
      const char *text = i < G_N_ELEMENTS (texts) ? texts[i] : long_text;
      g_autofree char *data = pusher_secretbox_seal (&key, text);
      g_autofree char *again = pusher_secretbox_seal (&key, text);
      g_autofree char *plaintext = NULL;

      g_assert_true (pusher_json_validate (data, -1, NULL));
      g_assert_cmpint (open_box (KEY, data, &plaintext), ==, PUSHER_SECRETBOX_OPENED);
      g_assert_cmpstr (plaintext, ==, text);

      /* Never the same nonce twice */
      g_assert_cmpstr (data, !=, again);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secretbox/derive", test_derive);
  g_test_add_func ("/secretbox/bad-key", test_bad_key);
  g_test_add_func ("/secretbox/wipe", test_wipe);
  g_test_add_func ("/secretbox/open", test_open);
  g_test_add_func ("/secretbox/open-part", test_open_part);
  g_test_add_func ("/secretbox/wrong-key", test_wrong_key);
  g_test_add_func ("/secretbox/tampered", test_tampered);
  g_test_add_func ("/secretbox/malformed", test_malformed);
  g_test_add_func ("/secretbox/alphabet", test_alphabet);
  g_test_add_func ("/secretbox/seal", test_seal);

  return g_test_run ();
}
