/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "requester.h"

#include "auth/pusher-authorizer-private.h"
#include "base/pusher-error.h"

#define AUTH "app-key:" XYZZY

/* --- An authorizer of an application's own ------------------------------- */

G_DECLARE_FINAL_TYPE (OwnAuthorizer, own_authorizer, OWN, AUTHORIZER, PusherAuthorizer)

/* Answers when it is told to, if it handles requests at all. */
struct _OwnAuthorizer
{
  PusherAuthorizer parent_instance;

  gboolean handles;
  guint n_asked;
  PusherAuthorizationRequest *kept;
};

G_DEFINE_FINAL_TYPE (OwnAuthorizer, own_authorizer, PUSHER_TYPE_AUTHORIZER)

static gboolean
own_authorizer_authorize (PusherAuthorizer           *authorizer,
                          PusherAuthorizationRequest *request)
{
  OwnAuthorizer *self = OWN_AUTHORIZER (authorizer);

  self->n_asked++;
  if (self->handles)
    g_set_object (&self->kept, request);

  return self->handles;
}

static void
own_authorizer_dispose (GObject *object)
{
  g_clear_object (&OWN_AUTHORIZER (object)->kept);

  G_OBJECT_CLASS (own_authorizer_parent_class)->dispose (object);
}

static void
own_authorizer_class_init (OwnAuthorizerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = own_authorizer_dispose;
  PUSHER_AUTHORIZER_CLASS (klass)->authorize = own_authorizer_authorize;
}

static void
own_authorizer_init (OwnAuthorizer *self)
{
  self->handles = TRUE;
}

static OwnAuthorizer *
own_authorizer_new (void)
{
  return g_object_new (own_authorizer_get_type (), NULL);
}

/* --- Handlers ------------------------------------------------------------ */

static gboolean
grant_cb (PusherAuthorizer           *authorizer,
          PusherAuthorizationRequest *request,
          gpointer                    user_data)
{
  guint *n_asked = user_data;

  (*n_asked)++;
  pusher_authorization_request_complete (request, AUTH, NULL, NULL);

  return TRUE;
}

static gboolean
ignore_cb (PusherAuthorizer           *authorizer,
           PusherAuthorizationRequest *request,
           gpointer                    user_data)
{
  guint *n_asked = user_data;

  (*n_asked)++;

  return FALSE;
}

/* Says that it answers, and forgets about it. */
static gboolean
forget_cb (PusherAuthorizer           *authorizer,
           PusherAuthorizationRequest *request,
           gpointer                    user_data)
{
  return TRUE;
}

/* Answers, and says that it did not. */
static gboolean
grant_secretly_cb (PusherAuthorizer           *authorizer,
                   PusherAuthorizationRequest *request,
                   gpointer                    user_data)
{
  pusher_authorization_request_complete (request, AUTH, NULL, NULL);

  return FALSE;
}

static gboolean
unref_authorizer_cb (PusherAuthorizer           *authorizer,
                     PusherAuthorizationRequest *request,
                     gpointer                    user_data)
{
  PusherAuthorizer **owned = user_data;

  g_clear_object (owned);

  return FALSE;
}

static gboolean
keep_cb (PusherAuthorizer           *authorizer,
         PusherAuthorizationRequest *request,
         gpointer                    user_data)
{
  return g_set_object ((PusherAuthorizationRequest **) user_data, request);
}

/* --- Tests --------------------------------------------------------------- */

static void
test_handler (void)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");
  guint n_first = 0, n_second = 0, n_third = 0;

  g_signal_connect (authorizer, "authorize", G_CALLBACK (ignore_cb), &n_first);
  g_signal_connect (authorizer, "authorize", G_CALLBACK (grant_cb), &n_second);
  g_signal_connect (authorizer, "authorize", G_CALLBACK (grant_cb), &n_third);
  pusher_authorizer_ask (authorizer, requester->request);
  requester_assert_granted (requester, AUTH, NULL, NULL);

  /* No handler is called after the first one that answers */
  g_assert_cmpint (n_first, ==, 1);
  g_assert_cmpint (n_second, ==, 1);
  g_assert_cmpint (n_third, ==, 0);
}

static void
test_handler_later (void)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");
  g_autoptr (PusherAuthorizationRequest) kept = NULL;

  g_signal_connect (authorizer, "authorize", G_CALLBACK (keep_cb), &kept);
  pusher_authorizer_ask (authorizer, requester->request);
  requester_assert_waiting (requester);

  /* The authorizer need not be there any more */
  g_assert_finalize_object (g_steal_pointer (&authorizer));
  pusher_authorization_request_complete (kept, AUTH, "{}", NULL);
  requester_assert_granted (requester, AUTH, "{}", NULL);
  g_clear_object (&kept);
}

static void
test_handler_forgets (void)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");

  g_signal_connect (authorizer, "authorize", G_CALLBACK (forget_cb), NULL);
  pusher_authorizer_ask (authorizer, requester->request);
  requester_assert_waiting (requester);
  requester_drop_request (requester);
  requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                            "without an answer");
}

static void
test_handler_grants_secretly (void)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");

  g_signal_connect (authorizer, "authorize", G_CALLBACK (grant_secretly_cb), NULL);
  pusher_authorizer_ask (authorizer, requester->request);
  requester_assert_granted (requester, AUTH, NULL, NULL);
}

static void
test_handler_drops_authorizer (void)
{
  PusherAuthorizer *authorizer = pusher_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");

  g_signal_connect (authorizer, "authorize", G_CALLBACK (unref_authorizer_cb), &authorizer);
  pusher_authorizer_ask (authorizer, requester->request);
  g_assert_null (authorizer);
  requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "private-a");
}

static void
test_subclass (void)
{
  g_autoptr (OwnAuthorizer) authorizer = own_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");

  pusher_authorizer_ask (PUSHER_AUTHORIZER (authorizer), requester->request);
  requester_assert_waiting (requester);
  g_assert_true (authorizer->kept == requester->request);

  pusher_authorization_request_complete (authorizer->kept, AUTH, NULL, NULL);
  requester_assert_granted (requester, AUTH, NULL, NULL);
  g_clear_object (&authorizer->kept);
}

/* Handlers come before the class. */
static void
test_subclass_with_handler (void)
{
  g_autoptr (OwnAuthorizer) authorizer = own_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");
  g_autoptr (Requester) other = requester_new ("private-a");
  guint n_asked = 0;
  gulong id = g_signal_connect (authorizer, "authorize", G_CALLBACK (grant_cb), &n_asked);

  pusher_authorizer_ask (PUSHER_AUTHORIZER (authorizer), requester->request);
  requester_assert_granted (requester, AUTH, NULL, NULL);
  g_assert_cmpint (authorizer->n_asked, ==, 0);

  g_signal_handler_disconnect (authorizer, id);
  g_signal_connect (authorizer, "authorize", G_CALLBACK (ignore_cb), &n_asked);
  pusher_authorizer_ask (PUSHER_AUTHORIZER (authorizer), other->request);
  g_assert_cmpint (authorizer->n_asked, ==, 1);
  requester_assert_waiting (other);
  g_clear_object (&authorizer->kept);
}

/* An authorizer that goes away with what it was asked. */
static void
test_subclass_goes_away (void)
{
  OwnAuthorizer *authorizer = own_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");

  pusher_authorizer_ask (PUSHER_AUTHORIZER (authorizer), requester->request);
  g_object_unref (requester->request);
  g_assert_cmpint (requester->n_answers, ==, 0);
  g_assert_finalize_object (authorizer);
  requester->request = NULL;
  requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                            "without an answer");
}

static void
test_unhandled (void)
{
  g_autoptr (PusherAuthorizer) silent = pusher_authorizer_new ();
  g_autoptr (OwnAuthorizer) unwilling = own_authorizer_new ();
  PusherAuthorizer *authorizers[] = { NULL, silent, PUSHER_AUTHORIZER (unwilling) };

  unwilling->handles = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (authorizers); i++)
    {
      g_autoptr (Requester) channel = requester_new ("private-a");
      g_autoptr (Requester) user = requester_new_for_user ();

      pusher_authorizer_ask (authorizers[i], channel->request);
      requester_assert_refused (channel, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                                "no authorizer for channel “private-a”");
      pusher_authorizer_ask (authorizers[i], user->request);
      requester_assert_refused (user, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                                "no authenticator for users");
    }

  g_assert_cmpint (unwilling->n_asked, ==, 2);
}

/* --- Combination --------------------------------------------------------- */

static gboolean
pass_on_cb (PusherAuthorizer           *authorizer,
            PusherAuthorizationRequest *request,
            gpointer                    user_data)
{
  return pusher_authorizer_authorize (user_data, request);
}

/* One authorizer passes on to two others. */
static void
test_combined (void)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  g_autoptr (PusherAuthorizer) silent = pusher_authorizer_new ();
  g_autoptr (OwnAuthorizer) own = own_authorizer_new ();
  g_autoptr (Requester) requester = requester_new ("private-a");

  g_signal_connect (authorizer, "authorize", G_CALLBACK (pass_on_cb), silent);
  g_signal_connect (authorizer, "authorize", G_CALLBACK (pass_on_cb), own);
  g_assert_true (pusher_authorizer_authorize (authorizer, requester->request));
  g_assert_cmpint (own->n_asked, ==, 1);
  requester_assert_waiting (requester);
  g_clear_object (&own->kept);

  /* Unlike ask(), this leaves a request alone that is not answered */
  g_assert_false (pusher_authorizer_authorize (silent, requester->request));
  requester_assert_waiting (requester);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  secrets_test_add ("/authorizer/handler", test_handler);
  secrets_test_add ("/authorizer/handler-later", test_handler_later);
  secrets_test_add ("/authorizer/handler-forgets", test_handler_forgets);
  secrets_test_add ("/authorizer/handler-grants-secretly", test_handler_grants_secretly);
  secrets_test_add ("/authorizer/handler-drops-authorizer", test_handler_drops_authorizer);
  secrets_test_add ("/authorizer/subclass", test_subclass);
  secrets_test_add ("/authorizer/subclass-with-handler", test_subclass_with_handler);
  secrets_test_add ("/authorizer/subclass-goes-away", test_subclass_goes_away);
  secrets_test_add ("/authorizer/unhandled", test_unhandled);
  secrets_test_add ("/authorizer/combined", test_combined);

  return g_test_run ();
}
