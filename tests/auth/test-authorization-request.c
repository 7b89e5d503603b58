/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "requester.h"

#include "base/pusher-error.h"

#define AUTH "app-key:" XYZZY
#define SHARED_SECRET "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="
#define SHORT_SECRET "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomg=="

/* What an endpoint answers, and what comes of it. */
static const struct
{
  const char *body;
  const char *channel_data;
  const char *shared_secret;
} sound[] = {
  { "{\"auth\":\"" AUTH "\"}", NULL, NULL },
  { " {\"auth\" : \"app\\u002dkey:\\u0078yzzy\"}\n", NULL, NULL },
  { "{\"auth\":\"" AUTH "\",\"channel_data\":\"{\\\"user_id\\\": \\\"u1\\\"}\"}",
    "{\"user_id\": \"u1\"}", NULL },
  { "{\"auth\":\"" AUTH "\",\"shared_secret\":\"" SHARED_SECRET "\"}", NULL, SHARED_SECRET },

  /* Some servers write what they do not have as null */
  { "{\"auth\":\"" AUTH "\",\"channel_data\":null,\"shared_secret\":null}", NULL, NULL },

  /* What the request does not ask for is not looked at */
  { "{\"auth\":\"" AUTH "\",\"user_data\":5,\"x\":{}}", NULL, NULL },
};

static const struct
{
  const char *body;
  const char *what;
} malformed[] = {
  { "", "not a JSON object" },
  { "null", "not a JSON object" },
  { "[]", "not a JSON object" },
  { "\"" AUTH "\"", "not a JSON object" },
  { AUTH, "not a JSON object" },
  { "{\"auth\":\"" AUTH "\"", "not a JSON object" },
  { "{\"auth\":\"" AUTH "\"}}", "not a JSON object" },
  { "{'auth':'" AUTH "'}", "not a JSON object" },
  { "<html>Log in as " XYZZY "</html>", "not a JSON object" },
  { "{\"auth\":\"" XYZZY "\xff\"}", "not a JSON object" },
  { "{}", "no “auth”" },
  { "{\"Auth\":\"" AUTH "\"}", "no “auth”" },
  { "{\"auth\":null}", "no “auth”" },
  { "{\"auth\":\"\"}", "no “auth”" },
  { "{\"auth\":5}", "“auth” that is not a string" },
  { "{\"auth\":{\"" XYZZY "\":1}}", "“auth” that is not a string" },
  { "{\"auth\":\"" AUTH "\",\"channel_data\":{\"user_id\":\"u1\"}}",
    "“channel_data” that is not a string" },
  { "{\"auth\":\"" AUTH "\",\"channel_data\":7}", "“channel_data” that is not a string" },
  { "{\"auth\":\"" AUTH "\",\"channel_data\":\"\"}", "data that is not JSON" },
  { "{\"auth\":\"" AUTH "\",\"channel_data\":\"" XYZZY "\"}", "data that is not JSON" },
  { "{\"auth\":\"" AUTH "\",\"channel_data\":\"{\\\"user_id\\\":\"}", "data that is not JSON" },
  { "{\"auth\":\"" AUTH "\",\"shared_secret\":[\"" SHARED_SECRET "\"]}",
    "“shared_secret” that is not a string" },
  { "{\"auth\":\"" AUTH "\",\"shared_secret\":\"" SHORT_SECRET "\"}", "32 bytes" },
  { "{\"auth\":\"" AUTH "\",\"shared_secret\":\"\"}", "32 bytes" },
  { "{\"auth\":\"" AUTH "\",\"shared_secret\":\"" XYZZY "\"}", "32 bytes" },
};

static void
test_properties (void)
{
  g_autoptr (Requester) channel = requester_new ("private-a");
  g_autoptr (Requester) user = requester_new_for_user ();
  g_autofree char *key = NULL;
  g_autofree char *socket_id = NULL;
  g_autofree char *channel_name = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  PusherAuthorizationKind kind;

  g_object_get (channel->request,
                "kind", &kind,
                "key", &key,
                "socket-id", &socket_id,
                "channel-name", &channel_name,
                "cancellable", &cancellable,
                NULL);
  g_assert_cmpint (kind, ==, PUSHER_AUTHORIZATION_KIND_CHANNEL);
  g_assert_cmpstr (key, ==, REQUESTER_KEY);
  g_assert_cmpstr (socket_id, ==, REQUESTER_SOCKET_ID);
  g_assert_cmpstr (channel_name, ==, "private-a");
  g_assert_false (g_cancellable_is_cancelled (cancellable));
  g_assert_true (cancellable ==
                 pusher_authorization_request_get_cancellable (channel->request));

  g_assert_cmpint (pusher_authorization_request_get_kind (user->request), ==,
                   PUSHER_AUTHORIZATION_KIND_USER);
  g_assert_null (pusher_authorization_request_get_channel_name (user->request));
}

static void
test_complete (void)
{
  g_autoptr (Requester) requester = requester_new ("private-encrypted-a");
  g_autoptr (Requester) with_less = requester_new ("private-a");

  requester_assert_waiting (requester);
  pusher_authorization_request_complete (requester->request, AUTH, " {\"user_id\": 1} ",
                                         SHARED_SECRET);
  requester_assert_granted (requester, AUTH, " {\"user_id\": 1} ", SHARED_SECRET);
  g_assert_false (pusher_authorization_request_is_open (requester->request));

  /* It is not cancelled only because it is over */
  g_assert_false (g_cancellable_is_cancelled (
    pusher_authorization_request_get_cancellable (requester->request)));
  requester_drop_request (requester);
  g_assert_cmpint (requester->n_answers, ==, 1);

  pusher_authorization_request_complete (with_less->request, AUTH, NULL, NULL);
  requester_assert_granted (with_less, AUTH, NULL, NULL);
}

/* The first answer counts; the requester checks that there is no other one. */
static void
test_complete_twice (void)
{
  g_autoptr (Requester) requester = requester_new ("private-a");
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "Too late");

  pusher_authorization_request_complete (requester->request, AUTH, NULL, NULL);
  pusher_authorization_request_complete (requester->request, "other", "{}", NULL);
  pusher_authorization_request_complete (requester->request, NULL, NULL, NULL);
  g_assert_true (pusher_authorization_request_complete_json (requester->request,
                                                             "{\"auth\":\"third\"}", NULL));
  pusher_authorization_request_fail (requester->request, error);
  pusher_authorization_request_fail_for_now (requester->request, error);
  cancel_request (requester->request);
  requester_assert_granted (requester, AUTH, NULL, NULL);
}

static void
test_complete_malformed (void)
{
  static const struct
  {
    const char *auth, *data, *shared_secret;
    const char *what;
  } answers[] = {
    { NULL, NULL, NULL, "no “auth”" },
    { "", NULL, NULL, "no “auth”" },
    { XYZZY "\xff", NULL, NULL, "“auth” that is not UTF-8" },
    { AUTH, XYZZY, NULL, "data that is not JSON" },
    { AUTH, "\"\xff\"", NULL, "data that is not JSON" },
    { AUTH, NULL, SHORT_SECRET, "32 bytes" },
    { AUTH, NULL, SHARED_SECRET "A", "32 bytes" },
    { AUTH, "{}", XYZZY "\xff", "32 bytes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (Requester) requester = requester_new ("private-a");

      pusher_authorization_request_complete (requester->request, answers[i].auth, answers[i].data,
                                             answers[i].shared_secret);
      requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                                answers[i].what);
    }
}

static void
test_complete_json (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sound); i++)
    {
      g_autoptr (Requester) requester = requester_new ("private-a");
      g_autoptr (GError) error = NULL;

      pusher_authorization_request_complete_json (requester->request, sound[i].body, &error);
      g_assert_no_error (error);
      requester_assert_granted (requester, AUTH, sound[i].channel_data, sound[i].shared_secret);
    }
}

static void
test_complete_json_for_user (void)
{
  g_autoptr (Requester) requester = requester_new_for_user ();
  g_autoptr (Requester) refused = requester_new_for_user ();

  g_assert_true (pusher_authorization_request_complete_json (
    requester->request,
    "{\"auth\":\"" AUTH "\",\"user_data\":\"{\\\"id\\\":\\\"1\\\"}\",\"channel_data\":5}", NULL));
  requester_assert_granted (requester, AUTH, "{\"id\":\"1\"}", NULL);

  g_assert_false (pusher_authorization_request_complete_json (
    refused->request, "{\"auth\":\"" AUTH "\",\"user_data\":{\"id\":\"1\"}}", NULL));
  requester_assert_refused (refused, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                            "“user_data” that is not a string");
}

static void
test_complete_json_malformed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (Requester) requester = requester_new ("private-a");
      g_autoptr (Requester) other = requester_new ("private-a");
      g_autoptr (GError) error = NULL;

      g_assert_false (pusher_authorization_request_complete_json (requester->request,
                                                                  malformed[i].body, &error));
      requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                                malformed[i].what);
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION);
      g_assert_cmpstr (error->message, ==, requester->error->message);

      /* The error need not be taken */
      g_assert_false (pusher_authorization_request_complete_json (other->request,
                                                                  malformed[i].body, NULL));
      g_assert_cmpint (other->n_answers, ==, 1);
    }
}

static void
test_fail (void)
{
  g_autoptr (Requester) requester = requester_new ("private-a");
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "Not you");

  pusher_authorization_request_fail (requester->request, error);
  requester_assert_refused (requester, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "Not you");
  pusher_authorization_request_complete (requester->request, AUTH, NULL, NULL);
  g_assert_null (requester->auth);
}

/* Whether a failure may pass is said by the function, not by the error. */
static void
test_fail_for_now (void)
{
  const struct
  {
    GQuark domain;
    int code;
  } errors[] = {
    { G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED },
    { PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE },
    { PUSHER_ERROR, PUSHER_ERROR_TIMEOUT },
    { PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_FORBIDDEN },
    { PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_SERVICE_UNAVAILABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (Requester) requester = requester_new ("private-a");
      g_autoptr (Requester) refused = requester_new ("private-a");
      g_autoptr (GError) error = g_error_new (errors[i].domain, errors[i].code, "Not now");

      pusher_authorization_request_fail_for_now (requester->request, error);
      requester_assert_failed_for_now (requester, errors[i].domain, errors[i].code, "Not now");
      pusher_authorization_request_fail (requester->request, error);
      pusher_authorization_request_complete (requester->request, AUTH, NULL, NULL);
      g_assert_null (requester->auth);

      pusher_authorization_request_fail (refused->request, error);
      requester_assert_refused (refused, errors[i].domain, errors[i].code, "Not now");
      pusher_authorization_request_fail_for_now (refused->request, error);
    }
}

static void
test_cancel (void)
{
  g_autoptr (Requester) requester = requester_new ("private-a");
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "Too late");
  GCancellable *cancellable = pusher_authorization_request_get_cancellable (requester->request);

  cancel_request (requester->request);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_false (pusher_authorization_request_is_open (requester->request));

  pusher_authorization_request_complete (requester->request, AUTH, NULL, NULL);
  pusher_authorization_request_complete_json (requester->request, "{}", NULL);
  pusher_authorization_request_fail (requester->request, error);
  pusher_authorization_request_fail_for_now (requester->request, error);
  cancel_request (requester->request);
  requester_drop_request (requester);
  g_assert_cmpint (requester->n_answers, ==, 0);
}

static void
unref_cb (GCancellable *cancellable,
          GObject     **object)
{
  g_clear_object (object);
}

/* The authorizer may let go of the request as soon as it is cancelled. */
static void
test_cancel_last_reference (void)
{
  g_autoptr (Requester) requester = requester_new ("private-a");
  PusherAuthorizationRequest *request = requester->request;

  g_signal_connect (pusher_authorization_request_get_cancellable (request), "cancelled",
                    G_CALLBACK (unref_cb), &requester->request);
  cancel_request (request);
  g_assert_null (requester->request);
  g_assert_cmpint (requester->n_answers, ==, 0);
}

static void
test_dropped (void)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  requester_drop_request (requester);
  requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                            "without an answer");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  secrets_test_add ("/authorization-request/properties", test_properties);
  secrets_test_add ("/authorization-request/complete", test_complete);
  secrets_test_add ("/authorization-request/complete-twice", test_complete_twice);
  secrets_test_add ("/authorization-request/complete-malformed", test_complete_malformed);
  secrets_test_add ("/authorization-request/complete-json", test_complete_json);
  secrets_test_add ("/authorization-request/complete-json-for-user", test_complete_json_for_user);
  secrets_test_add ("/authorization-request/complete-json-malformed", test_complete_json_malformed);
  secrets_test_add ("/authorization-request/fail", test_fail);
  secrets_test_add ("/authorization-request/fail-for-now", test_fail_for_now);
  secrets_test_add ("/authorization-request/cancel", test_cancel);
  secrets_test_add ("/authorization-request/cancel-last-reference", test_cancel_last_reference);
  secrets_test_add ("/authorization-request/dropped", test_dropped);

  return g_test_run ();
}
