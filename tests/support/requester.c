/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "requester.h"

#include "wait.h"

#include <string.h>

static void
done_cb (gpointer                   user_data,
         const PusherAuthorization *authorization,
         const GError              *error,
         gboolean                   may_pass)
{
  Requester *self = user_data;

  self->n_answers++;
  g_assert_cmpint (self->n_answers, ==, 1);
  g_assert_true ((authorization == NULL) != (error == NULL));

  if (authorization != NULL)
    {
      self->auth = g_strdup (authorization->auth);
      self->data = g_strdup (authorization->data);
      self->shared_secret = g_strdup (authorization->shared_secret);
      secrets_add (self->auth);
      if (self->shared_secret != NULL)
        secrets_add (self->shared_secret);
    }
  else
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpstr (error->message, !=, "");
      self->error = g_error_copy (error);
      self->may_pass = may_pass;
      secrets_show (error->message);
    }

  if (self->rival != NULL)
    cancel_request (self->rival);
}

static Requester *
new_requester (PusherAuthorizationKind kind,
               const char             *socket_id,
               const char             *channel_name)
{
  Requester *self = g_new0 (Requester, 1);

  self->request = pusher_authorization_request_new (kind, REQUESTER_KEY, socket_id, channel_name,
                                                    done_cb, self);

  return self;
}

Requester *
requester_new (const char *channel_name)
{
  return new_requester (PUSHER_AUTHORIZATION_KIND_CHANNEL, REQUESTER_SOCKET_ID, channel_name);
}

Requester *
requester_new_for_user (void)
{
  return new_requester (PUSHER_AUTHORIZATION_KIND_USER, REQUESTER_SOCKET_ID, NULL);
}

Requester *
requester_new_for_socket (const char *socket_id,
                          const char *channel_name)
{
  return new_requester (PUSHER_AUTHORIZATION_KIND_CHANNEL, socket_id, channel_name);
}

/* Fails if the request is still kept elsewhere. */
void
requester_drop_request (Requester *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->request));
}

void
requester_free (Requester *self)
{
  if (self->request != NULL)
    {
      cancel_request (self->request);
      requester_drop_request (self);
    }

  g_free (self->auth);
  g_free (self->data);
  g_free (self->shared_secret);
  g_clear_error (&self->error);
  g_free (self);
}

void
requester_wait (Requester *self)
{
  wait_until (self->n_answers > 0);
}

void
requester_assert_granted (Requester  *self,
                          const char *auth,
                          const char *data,
                          const char *shared_secret)
{
  g_assert_no_error (self->error);
  g_assert_cmpint (self->n_answers, ==, 1);
  g_assert_cmpstr (self->auth, ==, auth);
  g_assert_cmpstr (self->data, ==, data);
  g_assert_cmpstr (self->shared_secret, ==, shared_secret);
}

static void
assert_failed (Requester  *self,
               GQuark      domain,
               int         code,
               const char *what)
{
  g_assert_cmpint (self->n_answers, ==, 1);
  g_assert_error (self->error, domain, code);
  g_test_message ("%s", self->error->message);
  g_assert_nonnull (strstr (self->error->message, what));
}

/* what: a part of the message, which tells the user what is wrong. */
void
requester_assert_refused (Requester  *self,
                          GQuark      domain,
                          int         code,
                          const char *what)
{
  assert_failed (self, domain, code, what);
  g_assert_false (self->may_pass);
}

void
requester_assert_failed_for_now (Requester  *self,
                                 GQuark      domain,
                                 int         code,
                                 const char *what)
{
  assert_failed (self, domain, code, what);
  g_assert_true (self->may_pass);
}

void
requester_assert_waiting (Requester *self)
{
  g_assert_cmpint (self->n_answers, ==, 0);
  g_assert_true (pusher_authorization_request_is_open (self->request));
}

void
cancel_request (PusherAuthorizationRequest *request)
{
  g_autoptr (GCancellable) cancellable =
    g_object_ref (pusher_authorization_request_get_cancellable (request));

  pusher_authorization_request_close (request);
  g_cancellable_cancel (cancellable);
}

/* --- Secrecy ------------------------------------------------------------- */

static GPtrArray *secrets;
static GPtrArray *shown; /* what users and log files get to see */

static void
record_log (const char    *domain,
            GLogLevelFlags level,
            const char    *message,
            gpointer       user_data)
{
  secrets_show (message);
  g_log_default_handler (domain, level, message, user_data);
}

/* Keeps what the library logs from now on, at whatever level. */
void
secrets_watch (void)
{
  secrets = g_ptr_array_new_with_free_func (g_free);
  shown = g_ptr_array_new_with_free_func (g_free);
  secrets_add (XYZZY);

  /* Of the domain itself: newer versions of GLib ask a writer only for what is
   * to be seen. */
  g_log_set_handler ("Pusher", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION,
                     record_log, NULL);
}

void
secrets_add (const char *secret)
{
  g_assert_cmpstr (secret, !=, "");
  g_ptr_array_add (secrets, g_strdup (secret));
}

void
secrets_show (const char *text)
{
  g_ptr_array_add (shown, g_strdup (text));
}

/* How many of the texts that were shown have this in them. */
guint
secrets_count_shown (const char *text)
{
  guint n = 0;

  for (guint i = 0; i < shown->len; i++)
    if (strstr (shown->pdata[i], text) != NULL)
      n++;

  return n;
}

/* Fails if a secret was shown since the last time. */
void
secrets_assert_kept (void)
{
  for (guint i = 0; i < shown->len; i++)
    for (guint j = 0; j < secrets->len; j++)
      if (strstr (shown->pdata[i], secrets->pdata[j]) != NULL)
        g_error ("“%s” gives away a secret", (char *) shown->pdata[i]);

  g_ptr_array_set_size (shown, 0);
}

static void
run_test (gconstpointer data)
{
  GTestFunc test = *(const GTestFunc *) data;

  test ();
  secrets_assert_kept ();
}

void
secrets_test_add (const char *path,
                  GTestFunc   test)
{
  g_test_add_data_func_full (path, g_memdup2 (&test, sizeof test), run_test, g_free);
}
