/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Admissions of an owner that is neither a channel nor a user, on the connection of a
 * client that knows nothing of them. */

#include "admission/pusher-admission-private.h"
#include "base/pusher-error.h"
#include "fixture.h"

#define PRIVATE "private-a"
#define PUBLIC "a"

typedef struct
{
  Fixture fixture;
  PusherHost *host;
  PusherAuthorizer *authorizer;
  PusherAdmission admission;

  PusherAuthorizationRequest *request; /* kept by the authorizer */
  PusherAdmissionVerdict verdict;
  GString *log; /* authorized:AUTH and failed:MESSAGE */
} World;

static PusherAuthorizer *
get_authorizer (gpointer                client,
                PusherAuthorizationKind kind)
{
  return ((World *) client)->authorizer;
}

static const char *
get_user_id (gpointer  client,
             gboolean *pending)
{
  return NULL;
}

static gboolean
authorize_cb (PusherAuthorizer           *authorizer,
              PusherAuthorizationRequest *request,
              World                      *world)
{
  g_assert_null (world->request);
  world->request = g_object_ref (request);

  return TRUE;
}

static PusherAdmissionVerdict
authorized (gpointer                   owner,
            const PusherAuthorization *authorization,
            char                     **message,
            GError                   **error)
{
  World *world = owner;

  add_word (world->log, "authorized:%s", authorization->auth != NULL ? authorization->auth : "");
  if (world->verdict == PUSHER_ADMISSION_SEND)
    *message = g_strdup ("{\"event\":\"pusher:ping\",\"data\":{}}");
  else if (world->verdict == PUSHER_ADMISSION_REFUSE)
    g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "unfit");

  return world->verdict;
}

static void
failed (gpointer      owner,
        const GError *error)
{
  World *world = owner;

  g_assert_cmpint (world->admission.stage, ==, PUSHER_ADMISSION_IDLE);
  add_word (world->log, "failed:%s", error->message);
}

static void
set_up (World      *world,
        const char *channel_name)
{
  static const PusherHostFuncs host_funcs = {
    .get_authorizer = get_authorizer,
    .get_user_id = get_user_id,
  };
  static const PusherAdmissionFuncs admission_funcs = { authorized, failed };

  *world = (World) { .verdict = PUSHER_ADMISSION_SEND };
  world->log = g_string_new (NULL);
  fixture_set_up (&world->fixture, NULL);
  world->authorizer = pusher_authorizer_new ();
  g_signal_connect (world->authorizer, "authorize", G_CALLBACK (authorize_cb), world);
  world->host = pusher_host_new (&host_funcs, world,
                                 pusher_client_get_connection (world->fixture.client));
  pusher_admission_init (&world->admission, world->host, channel_name, &admission_funcs, world);
}

static void
answer (World *world)
{
  g_autoptr (PusherAuthorizationRequest) request = g_steal_pointer (&world->request);

  pusher_authorization_request_complete (request, "KEY:auth", NULL, NULL);
}

static void
cancel (World *world)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();

  pusher_admission_cancel (&world->admission, cancellations);
  g_assert_cmpint (world->admission.stage, ==, PUSHER_ADMISSION_IDLE);
}

static void
tear_down (World *world)
{
  cancel (world);
  pusher_admission_clear (&world->admission);
  pusher_host_unref (world->host);
  g_clear_object (&world->request);
  g_assert_finalize_object (g_steal_pointer (&world->authorizer));
  fixture_tear_down (&world->fixture, NULL);
  g_string_free (world->log, TRUE);
}

#define assert_log(world, expected) assert_words ((world)->log, expected)

/* Nothing happens without a connection. */
static void
test_unconnected (void)
{
  World world;

  set_up (&world, PRIVATE);
  pusher_admission_start (&world.admission);
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_IDLE);
  g_assert_null (world.request);
  assert_log (&world, "");
  tear_down (&world);
}

static void
test_public (void)
{
  World world;

  set_up (&world, PUBLIC);
  fixture_connect (&world.fixture);
  pusher_admission_start (&world.admission);
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_SENT);
  g_assert_true (pusher_ledger_owes (&world.host->ledger, PUBLIC));
  assert_log (&world, "authorized:");
  g_assert_true (pusher_admission_settle (&world.admission));
  g_assert_false (pusher_ledger_owes (&world.host->ledger, PUBLIC));
  g_assert_false (pusher_admission_settle (&world.admission));
  tear_down (&world);
}

static void
test_authorized (void)
{
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  pusher_admission_start (&world.admission);
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_AUTHORIZING);
  g_assert_cmpstr (pusher_authorization_request_get_channel_name (world.request), ==, PRIVATE);
  pusher_admission_start (&world.admission);
  g_assert_false (pusher_admission_settle (&world.admission));
  answer (&world);
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_SENT);
  pusher_admission_start (&world.admission);
  assert_log (&world, "authorized:KEY:auth");
  g_assert_true (pusher_admission_is_pending (&world.admission));
  g_assert_nonnull (world.admission.message);
  g_assert_true (pusher_admission_settle (&world.admission));
  g_assert_false (pusher_admission_is_pending (&world.admission));

  /* It has an authorization in it. */
  g_assert_null (world.admission.message);
  tear_down (&world);
}

/* An authorization that is held is used once, and only once. */
static void
test_held (void)
{
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  world.verdict = PUSHER_ADMISSION_HOLD;
  pusher_admission_start (&world.admission);
  answer (&world);
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_HELD);
  pusher_admission_start (&world.admission);
  g_assert_null (world.request);
  pusher_admission_resume (&world.admission);
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_HELD);

  world.verdict = PUSHER_ADMISSION_SEND;
  pusher_admission_resume (&world.admission);
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_SENT);
  pusher_admission_resume (&world.admission);
  assert_log (&world, "authorized:KEY:auth authorized:KEY:auth authorized:KEY:auth");

  /* Nothing is left of it. */
  cancel (&world);
  pusher_admission_resume (&world.admission);
  assert_log (&world, "");
  tear_down (&world);
}

/* What is held goes with the connection that it is for. */
static void
test_cancelled_while_held (void)
{
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  world.verdict = PUSHER_ADMISSION_HOLD;
  pusher_admission_start (&world.admission);
  answer (&world);
  cancel (&world);
  assert_log (&world, "authorized:KEY:auth");
  pusher_admission_resume (&world.admission);
  assert_log (&world, "");
  tear_down (&world);
}

static void
test_unfit (void)
{
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  world.verdict = PUSHER_ADMISSION_REFUSE;
  pusher_admission_start (&world.admission);
  answer (&world);
  assert_log (&world, "authorized:KEY:auth failed:unfit");
  g_assert_false (pusher_admission_is_pending (&world.admission));
  tear_down (&world);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = g_error_new_literal (PUSHER_SERVER_ERROR, 4009, "no");
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  pusher_admission_refuse (&world.admission, error);
  assert_log (&world, "");
  pusher_admission_start (&world.admission);
  answer (&world);
  pusher_admission_refuse (&world.admission, error);
  assert_log (&world, "authorized:KEY:auth failed:no");
  g_assert_false (pusher_ledger_owes (&world.host->ledger, PRIVATE));
  tear_down (&world);
}

static void
test_may_pass (void)
{
  g_autoptr (GError) error = g_error_new_literal (PUSHER_HTTP_ERROR, 503, "later");
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  pusher_admission_start (&world.admission);
  pusher_authorization_request_fail_for_now (world.request, error);
  g_clear_object (&world.request);
  assert_log (&world, "failed:later");
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_IDLE);
  g_assert_true (world.admission.may_pass);
  g_assert_true (pusher_admission_is_pending (&world.admission));
  cancel (&world);
  g_assert_false (pusher_admission_is_pending (&world.admission));

  pusher_admission_start (&world.admission);
  pusher_authorization_request_fail_for_now (world.request, error);
  g_clear_object (&world.request);
  pusher_admission_start (&world.admission);
  g_assert_false (world.admission.may_pass);
  pusher_authorization_request_fail (world.request, error);
  g_clear_object (&world.request);
  assert_log (&world, "failed:later failed:later");
  g_assert_false (pusher_admission_is_pending (&world.admission));
  tear_down (&world);
}

/* An authorizer hears that it is cancelled, but not before everything else is done. */
static void
test_cancelled_while_authorizing (void)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  GCancellable *cancellable;
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  pusher_admission_start (&world.admission);
  cancellable = pusher_authorization_request_get_cancellable (world.request);
  pusher_admission_cancel (&world.admission, cancellations);
  g_assert_false (g_cancellable_is_cancelled (cancellable));
  g_clear_pointer (&cancellations, g_ptr_array_unref);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  answer (&world);
  assert_log (&world, "");
  tear_down (&world);
}

/* What was sent is still owed an answer, and nothing else of that name is sent before
 * it has come. */
static void
test_cancelled_while_sent (void)
{
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  pusher_admission_start (&world.admission);
  answer (&world);
  cancel (&world);
  g_assert_true (pusher_ledger_is_abandoned (&world.host->ledger, PRIVATE));
  pusher_admission_start (&world.admission);
  g_assert_null (world.request);
  g_assert_true (pusher_ledger_settle (&world.host->ledger, PRIVATE));
  pusher_admission_start (&world.admission);
  g_assert_nonnull (world.request);
  tear_down (&world);
}

static void
test_sign_in (void)
{
  World world;

  set_up (&world, NULL);
  fixture_connect (&world.fixture);
  pusher_admission_start (&world.admission);
  g_assert_cmpint (pusher_authorization_request_get_kind (world.request), ==,
                   PUSHER_AUTHORIZATION_KIND_USER);
  answer (&world);
  g_assert_true (pusher_ledger_owes (&world.host->ledger, "pusher:signin"));
  tear_down (&world);
}

/* Without a client there is nothing to be admitted to. */
static void
test_abandoned_host (void)
{
  World world;

  set_up (&world, PRIVATE);
  fixture_connect (&world.fixture);
  pusher_host_abandon (world.host);
  pusher_admission_start (&world.admission);
  g_assert_null (world.request);
  g_assert_cmpint (world.admission.stage, ==, PUSHER_ADMISSION_IDLE);
  tear_down (&world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/admission/unconnected", test_unconnected);
  g_test_add_func ("/admission/public", test_public);
  g_test_add_func ("/admission/authorized", test_authorized);
  g_test_add_func ("/admission/held", test_held);
  g_test_add_func ("/admission/unfit", test_unfit);
  g_test_add_func ("/admission/refused", test_refused);
  g_test_add_func ("/admission/may-pass", test_may_pass);
  g_test_add_func ("/admission/cancelled/authorizing", test_cancelled_while_authorizing);
  g_test_add_func ("/admission/cancelled/held", test_cancelled_while_held);
  g_test_add_func ("/admission/cancelled/sent", test_cancelled_while_sent);
  g_test_add_func ("/admission/sign-in", test_sign_in);
  g_test_add_func ("/admission/abandoned-host", test_abandoned_host);

  return g_test_run ();
}
