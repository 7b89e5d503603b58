/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "requester.h"

#include "auth/pusher-authorizer-private.h"
#include "auth/pusher-secret-authorizer.h"
#include "base/pusher-error.h"
#include "json/pusher-json-parser-private.h"

#include <math.h>

/* What is signed here was signed by Python's hmac module too. */
#define SECRET "7ad3773142a6692b25b8" XYZZY
#define MASTER_KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define SHARED_SECRET "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="

/* Unusual white space must not get lost: it is signed. */
#define CHANNEL_DATA " {\"user_id\" : \"u1\",\"user_info\":{\"name\":\"\xc3\x89\"}}\n"
#define USER_DATA "{ \"id\":\"42\" }"

#define AUTH_PRIVATE \
  REQUESTER_KEY ":37f3d6dbe3cf3e708aa5b7c4087074f096e154a86662b17899c76250e4ced986"
#define AUTH_PRESENCE \
  REQUESTER_KEY ":b9a7391160540c9d8b475d10c4a4ec56fff6698554ff733699a44d685dbe0409"
#define AUTH_PRESENCE_BARE \
  REQUESTER_KEY ":2ed7899bae384959f07696915aeeab46e268b3f13d362bcb5a1b8eeb77815a98"
#define AUTH_ENCRYPTED \
  REQUESTER_KEY ":b1f549a428432a09c9c237780b11ea5c248034cedb5d681b6d97147b5ec4ddc1"
#define AUTH_ENCRYPTED_CACHE \
  REQUESTER_KEY ":04954ed3b0f58fc5a71e14b24231325a7cd64f7117ac4528fe6b057cbfbc0fac"
#define AUTH_USER \
  REQUESTER_KEY ":01693685d244af52ca0a4363beb2aae64c5061ff820a658ac8757660f3ea6d21"

static PusherSecretAuthorizer *
new_authorizer (void)
{
  secrets_add (SECRET);
  secrets_add (MASTER_KEY);

  return pusher_secret_authorizer_new (SECRET);
}

static PusherSecretAuthorizer *
new_full_authorizer (void)
{
  PusherSecretAuthorizer *authorizer = new_authorizer ();
  g_autoptr (GError) error = NULL;

  pusher_secret_authorizer_set_channel_data (authorizer, CHANNEL_DATA, &error);
  g_assert_no_error (error);
  pusher_secret_authorizer_set_user_data (authorizer, USER_DATA, &error);
  g_assert_no_error (error);
  pusher_secret_authorizer_set_encryption_master_key (authorizer, MASTER_KEY, &error);
  g_assert_no_error (error);

  return authorizer;
}

static void
ask (PusherSecretAuthorizer *authorizer,
     Requester              *requester)
{
  pusher_authorizer_ask (PUSHER_AUTHORIZER (authorizer), requester->request);
}

static void
test_channels (void)
{
  static const struct
  {
    const char *channel_name, *auth, *channel_data, *shared_secret;
  } channels[] = {
    { "private-foobar", AUTH_PRIVATE, NULL, NULL },
    { "presence-foobar", AUTH_PRESENCE, CHANNEL_DATA, NULL },
    { "private-encrypted-vault", AUTH_ENCRYPTED, NULL, SHARED_SECRET },
    { "private-encrypted-cache-x", AUTH_ENCRYPTED_CACHE, NULL,
      "EL9VBUURoCLg6KVdzIxsFSQB+LcUEeJ2Xtt7Hz933bI=" },
  };
  g_autoptr (PusherSecretAuthorizer) authorizer = new_full_authorizer ();

  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autoptr (Requester) requester = requester_new (channels[i].channel_name);

      ask (authorizer, requester);
      requester_assert_granted (requester, channels[i].auth, channels[i].channel_data,
                                channels[i].shared_secret);
    }
}

static char *
get_member_id (Requester *requester)
{
  g_autoptr (JsonNode) node = pusher_json_parse (requester->data, -1, NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (object, "user_info")),
                    ==, 0);

  return g_strdup (json_object_get_string_member (object, "user_id"));
}

/* Without data and without a user: a member of its own, who stays the same, since a
 * channel is joined again and again. */
static void
test_own_member (void)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = new_authorizer ();
  g_autoptr (PusherSecretAuthorizer) other = new_authorizer ();
  g_autoptr (Requester) requester = requester_new ("presence-foobar");
  g_autoptr (Requester) again = requester_new ("presence-bar");
  g_autoptr (Requester) other_requester = requester_new ("presence-foobar");
  g_autofree char *id = NULL;
  g_autofree char *id_again = NULL;
  g_autofree char *other_id = NULL;

  ask (authorizer, requester);
  ask (authorizer, again);
  ask (other, other_requester);
  id = get_member_id (requester);
  id_again = get_member_id (again);
  other_id = get_member_id (other_requester);
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpstr (id, ==, id_again);
  g_assert_cmpstr (id, !=, other_id);
  g_assert_null (pusher_secret_authorizer_get_channel_data (authorizer));
}

/* A presence channel without data is for a user who signs in; an encrypted
 * channel without a key fails where it is needed. */
static void
test_channels_without (void)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = new_authorizer ();
  g_autoptr (Requester) presence = requester_new ("presence-foobar");
  g_autoptr (Requester) encrypted = requester_new ("private-encrypted-vault");

  pusher_authorization_request_set_has_user (presence->request, TRUE);
  ask (authorizer, presence);
  requester_assert_granted (presence, AUTH_PRESENCE_BARE, NULL, NULL);
  ask (authorizer, encrypted);
  requester_assert_granted (encrypted, AUTH_ENCRYPTED, NULL, NULL);
}

static void
test_user (void)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = new_full_authorizer ();
  g_autoptr (Requester) requester = requester_new_for_user ();

  ask (authorizer, requester);
  requester_assert_granted (requester, AUTH_USER, USER_DATA, NULL);
}

static void
test_user_without_data (void)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = new_authorizer ();
  g_autoptr (Requester) requester = requester_new_for_user ();

  ask (authorizer, requester);
  requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "no user data");
}

static void
test_no_secret (void)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = new_full_authorizer ();
  g_autoptr (Requester) channel = requester_new ("private-foobar");
  g_autoptr (Requester) user = requester_new_for_user ();
  g_autoptr (Requester) again = requester_new ("private-foobar");

  pusher_secret_authorizer_set_secret (authorizer, NULL);
  ask (authorizer, channel);
  requester_assert_refused (channel, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "no authorizer");
  ask (authorizer, user);
  requester_assert_refused (user, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "no authenticator");

  pusher_secret_authorizer_set_secret (authorizer, SECRET);
  ask (authorizer, again);
  requester_assert_granted (again, AUTH_PRIVATE, NULL, NULL);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  (*(guint *) user_data)++;
}

/* What is not JSON is refused, and what was set before stays. */
static void
test_invalid_json (void)
{
  static const char *const texts[] = {
    "", XYZZY, "{\"user_id\":}", "{} {}", "{'user_id':'1'}", "\"\xff\"", "// {}\n{}",
  };
  g_autoptr (PusherSecretAuthorizer) authorizer = new_full_authorizer ();
  guint n_notifications = 0;

  g_signal_connect (authorizer, "notify", G_CALLBACK (count_cb), &n_notifications);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) channel_error = NULL;
      g_autoptr (GError) user_error = NULL;

      g_assert_false (pusher_secret_authorizer_set_channel_data (authorizer, texts[i],
                                                                 &channel_error));
      g_assert_error (channel_error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      g_assert_false (pusher_secret_authorizer_set_user_data (authorizer, texts[i], &user_error));
      g_assert_error (user_error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      secrets_show (channel_error->message);
      secrets_show (user_error->message);
      g_assert_false (pusher_secret_authorizer_set_user_data (authorizer, texts[i], NULL));
    }

  g_assert_cmpint (n_notifications, ==, 0);
  g_assert_cmpstr (pusher_secret_authorizer_get_channel_data (authorizer), ==, CHANNEL_DATA);
  g_assert_cmpstr (pusher_secret_authorizer_get_user_data (authorizer), ==, USER_DATA);
}

static void
test_invalid_master_key (void)
{
  static const char *const keys[] = {
    "", XYZZY, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", MASTER_KEY "AA==",
  };
  g_autoptr (PusherSecretAuthorizer) authorizer = new_full_authorizer ();
  g_autoptr (Requester) kept = requester_new ("private-encrypted-vault");
  g_autoptr (Requester) without = requester_new ("private-encrypted-vault");

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (pusher_secret_authorizer_set_encryption_master_key (authorizer, keys[i],
                                                                          &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      secrets_show (error->message);
    }

  ask (authorizer, kept);
  requester_assert_granted (kept, AUTH_ENCRYPTED, NULL, SHARED_SECRET);

  g_assert_true (pusher_secret_authorizer_set_encryption_master_key (authorizer, NULL, NULL));
  ask (authorizer, without);
  requester_assert_granted (without, AUTH_ENCRYPTED, NULL, NULL);
}

static void
test_nodes (void)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = new_authorizer ();
  g_autoptr (JsonNode) member = pusher_json_parse ("{\"user_id\": \"u1\"}", -1, NULL);
  g_autoptr (JsonNode) user = pusher_json_parse ("{\"id\": \"42\"}", -1, NULL);

  pusher_secret_authorizer_set_channel_data_node (authorizer, member);
  pusher_secret_authorizer_set_user_data_node (authorizer, user);
  g_assert_cmpstr (pusher_secret_authorizer_get_channel_data (authorizer), ==,
                   "{\"user_id\":\"u1\"}");
  g_assert_cmpstr (pusher_secret_authorizer_get_user_data (authorizer), ==, "{\"id\":\"42\"}");

  pusher_secret_authorizer_set_channel_data_node (authorizer, NULL);
  pusher_secret_authorizer_set_user_data_node (authorizer, NULL);
  g_assert_null (pusher_secret_authorizer_get_channel_data (authorizer));
  g_assert_null (pusher_secret_authorizer_get_user_data (authorizer));
}

static void
test_member (void)
{
  static const struct
  {
    const char *name, *info, *channel_data, *user_data;
  } members[] = {
    { "Al", NULL, "{\"user_id\":\"42\",\"user_info\":{\"name\":\"Al\"}}",
      "{\"id\":\"42\",\"user_info\":{\"name\":\"Al\"}}" },
    { NULL, NULL, "{\"user_id\":\"42\",\"user_info\":{}}", "{\"id\":\"42\",\"user_info\":{}}" },
    { "A\"l", "{\"age\":40,\"name\":\"Bo\"}",
      "{\"user_id\":\"42\",\"user_info\":{\"name\":\"A\\\"l\",\"age\":40}}",
      "{\"id\":\"42\",\"user_info\":{\"name\":\"A\\\"l\",\"age\":40}}" },
    { NULL, "{\"name\":\"Bo\"}", "{\"user_id\":\"42\",\"user_info\":{\"name\":\"Bo\"}}",
      "{\"id\":\"42\",\"user_info\":{\"name\":\"Bo\"}}" },
  };
  g_autoptr (PusherSecretAuthorizer) authorizer = new_authorizer ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (Requester) channel = requester_new ("presence-foobar");
      g_autoptr (Requester) user = requester_new_for_user ();
      g_autoptr (JsonNode) info =
        members[i].info != NULL ? pusher_json_parse (members[i].info, -1, NULL) : NULL;

      pusher_secret_authorizer_set_member (authorizer, "42", members[i].name, info);
      g_assert_cmpstr (pusher_secret_authorizer_get_channel_data (authorizer), ==,
                       members[i].channel_data);
      ask (authorizer, channel);
      g_assert_cmpstr (channel->data, ==, members[i].channel_data);
      ask (authorizer, user);
      g_assert_cmpstr (user->data, ==, members[i].user_data);
    }

  /* Who signs in may be said apart. */
  {
    g_autoptr (Requester) user = requester_new_for_user ();

    pusher_secret_authorizer_set_user_data (authorizer, USER_DATA, NULL);
    ask (authorizer, user);
    requester_assert_granted (user, AUTH_USER, USER_DATA, NULL);
  }
}

/* Whoever has no id cannot sign in. */
static void
test_member_without_id (void)
{
  static const char *const wrong[] = { "[]", "{}", "{\"user_id\":null}", "{\"user_id\":\"\"}" };
  g_autoptr (PusherSecretAuthorizer) authorizer = new_authorizer ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (Requester) user = requester_new_for_user ();

      pusher_secret_authorizer_set_channel_data (authorizer, wrong[i], NULL);
      ask (authorizer, user);
      requester_assert_refused (user, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "no user data");
    }
}

/* What has no JSON text is a mistake of the program, and changes nothing. */
static void
test_member_misuse (void)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = new_authorizer ();
  g_autoptr (JsonNode) number = json_node_init_double (json_node_alloc (), INFINITY);

  pusher_secret_authorizer_set_member (authorizer, "42", NULL, NULL);
  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*is_id*");
  pusher_secret_authorizer_set_member (authorizer, "", NULL, NULL);
  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*HOLDS_OBJECT*");
  pusher_secret_authorizer_set_member (authorizer, "43", NULL, number);
  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*channel-data: *");
  pusher_secret_authorizer_set_member (authorizer, "44", "\xff", NULL);
  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*channel-data: *");
  pusher_secret_authorizer_set_channel_data_node (authorizer, number);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (pusher_secret_authorizer_get_channel_data (authorizer), ==,
                   "{\"user_id\":\"42\",\"user_info\":{}}");
}

static void
test_properties (void)
{
  static const char *const secret_properties[] = { "secret", "encryption-master-key" };
  g_autoptr (PusherSecretAuthorizer) authorizer =
    g_object_new (PUSHER_TYPE_SECRET_AUTHORIZER,
                  "secret", SECRET,
                  "channel-data", CHANNEL_DATA,
                  "user-data", USER_DATA,
                  "encryption-master-key", MASTER_KEY,
                  NULL);
  g_autoptr (Requester) requester = requester_new ("private-encrypted-vault");
  g_autofree char *channel_data = NULL;
  g_autofree char *user_data = NULL;
  guint n_notifications = 0;

  g_object_get (authorizer,
                "channel-data", &channel_data,
                "user-data", &user_data,
                NULL);
  g_assert_cmpstr (channel_data, ==, CHANNEL_DATA);
  g_assert_cmpstr (user_data, ==, USER_DATA);
  ask (authorizer, requester);
  requester_assert_granted (requester, AUTH_ENCRYPTED, NULL, SHARED_SECRET);

  /* Only a change is told */
  g_signal_connect (authorizer, "notify::channel-data", G_CALLBACK (count_cb), &n_notifications);
  g_object_set (authorizer, "channel-data", CHANNEL_DATA, "user-data", "{}", NULL);
  g_assert_cmpint (n_notifications, ==, 0);
  g_object_set (authorizer, "channel-data", NULL, NULL);
  g_assert_cmpint (n_notifications, ==, 1);

  /* Secrets cannot be read */
  for (gsize i = 0; i < G_N_ELEMENTS (secret_properties); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (authorizer),
                                                        secret_properties[i]);

      g_assert_false (pspec->flags & G_PARAM_READABLE);
    }
}

/* A property has no other way to say that its value is not JSON. */
static void
test_invalid_property (void)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = new_authorizer ();

  g_test_expect_message ("Pusher", G_LOG_LEVEL_WARNING, "*channel-data: *");
  g_object_set (authorizer, "channel-data", XYZZY, NULL);
  g_test_assert_expected_messages ();

  g_test_expect_message ("Pusher", G_LOG_LEVEL_WARNING, "*encryption-master-key: *32 bytes");
  g_object_set (authorizer, "encryption-master-key", XYZZY, NULL);
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  secrets_test_add ("/secret-authorizer/channels", test_channels);
  secrets_test_add ("/secret-authorizer/channels-without", test_channels_without);
  secrets_test_add ("/secret-authorizer/own-member", test_own_member);
  secrets_test_add ("/secret-authorizer/user", test_user);
  secrets_test_add ("/secret-authorizer/user-without-data", test_user_without_data);
  secrets_test_add ("/secret-authorizer/no-secret", test_no_secret);
  secrets_test_add ("/secret-authorizer/invalid-json", test_invalid_json);
  secrets_test_add ("/secret-authorizer/invalid-master-key", test_invalid_master_key);
  secrets_test_add ("/secret-authorizer/nodes", test_nodes);
  secrets_test_add ("/secret-authorizer/member", test_member);
  secrets_test_add ("/secret-authorizer/member-without-id", test_member_without_id);
  secrets_test_add ("/secret-authorizer/member-misuse", test_member_misuse);
  secrets_test_add ("/secret-authorizer/properties", test_properties);
  secrets_test_add ("/secret-authorizer/invalid-property", test_invalid_property);

  return g_test_run ();
}
