/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "asker.h"

#include "fixture.h"

#include <string.h>

static void
done_cb (gpointer                   user_data,
         const PusherAuthorization *authorization,
         const GError              *error,
         gboolean                   may_pass)
{
  Asker *self = user_data;

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
    pusher_authorization_request_cancel (self->rival);
}

static Asker *
new_asker (PusherAuthorizationKind kind,
           const char             *socket_id,
           const char             *channel_name)
{
  Asker *self = g_new0 (Asker, 1);

  self->request = pusher_authorization_request_new (kind, ASKER_KEY, socket_id, channel_name,
                                                    done_cb, self);

  return self;
}

Asker *
asker_new (const char *channel_name)
{
  return new_asker (PUSHER_AUTHORIZATION_KIND_CHANNEL, ASKER_SOCKET_ID, channel_name);
}

Asker *
asker_new_for_user (void)
{
  return new_asker (PUSHER_AUTHORIZATION_KIND_USER, ASKER_SOCKET_ID, NULL);
}

Asker *
asker_new_for_socket (const char *socket_id,
                      const char *channel_name)
{
  return new_asker (PUSHER_AUTHORIZATION_KIND_CHANNEL, socket_id, channel_name);
}

/* Fails if somebody still keeps the request. */
void
asker_drop_request (Asker *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->request));
}

void
asker_free (Asker *self)
{
  if (self->request != NULL)
    {
      pusher_authorization_request_cancel (self->request);
      asker_drop_request (self);
    }

  g_free (self->auth);
  g_free (self->data);
  g_free (self->shared_secret);
  g_clear_error (&self->error);
  g_free (self);
}

void
asker_wait (Asker *self)
{
  wait_until (self->n_answers > 0);
}

void
asker_assert_granted (Asker      *self,
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
assert_failed (Asker      *self,
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
asker_assert_refused (Asker      *self,
                      GQuark      domain,
                      int         code,
                      const char *what)
{
  assert_failed (self, domain, code, what);
  g_assert_false (self->may_pass);
}

void
asker_assert_failed_for_now (Asker      *self,
                             GQuark      domain,
                             int         code,
                             const char *what)
{
  assert_failed (self, domain, code, what);
  g_assert_true (self->may_pass);
}

void
asker_assert_waiting (Asker *self)
{
  g_assert_cmpint (self->n_answers, ==, 0);
  g_assert_true (pusher_authorization_request_is_open (self->request));
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

  /* Of the domain itself: newer versions of GLib ask a writer only for what
   * somebody wants to see. */
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

/* Fails if somebody may have seen a secret since the last time. */
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
