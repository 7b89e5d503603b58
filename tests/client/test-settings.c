/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an application sets before the client is opened. */

#include "fixture.h"

/* The settings that are text, or numbers, with what they are without being set.
 * Two other values follow. */
static const struct
{
  const char *property;
  const char *(*get) (PusherClient *self);
  void (*set) (PusherClient *self,
               const char   *value);
  const char *first;
  const char *second;
} strings[] = {
  { "host", pusher_client_get_host, pusher_client_set_host, "localhost", "example.org" },
  { "path", pusher_client_get_path, pusher_client_set_path, "/ws", "" },
  { "origin", pusher_client_get_origin, pusher_client_set_origin, "https://example.org", "" },
};

static const struct
{
  const char *property;
  guint (*get) (PusherClient *self);
  void (*set) (PusherClient *self,
               guint         value);
  guint without;
  guint first;
  guint second;
} numbers[] = {
  { "port", pusher_client_get_port, pusher_client_set_port, 0, 6001, G_MAXUINT16 },
  { "tls-port", pusher_client_get_tls_port, pusher_client_set_tls_port, 0, 443, G_MAXUINT16 },
  { "activity-timeout", pusher_client_get_activity_timeout, pusher_client_set_activity_timeout,
    120, 1, G_MAXUINT },
  { "pong-timeout", pusher_client_get_pong_timeout, pusher_client_set_pong_timeout,
    30, 1, G_MAXUINT },
  { "unavailable-timeout", pusher_client_get_unavailable_timeout,
    pusher_client_set_unavailable_timeout, 10, 1, G_MAXUINT },
  { "connect-timeout", pusher_client_get_connect_timeout, pusher_client_set_connect_timeout,
    15, 1, G_MAXUINT },
  { "subscription-timeout", pusher_client_get_subscription_timeout,
    pusher_client_set_subscription_timeout, 30, 0, G_MAXUINT },
};

/* A client that is never opened, and how often it said that a setting changed. */
typedef struct
{
  PusherClient *client;
  guint n_notifications; /* of any property */
  const char *notified;  /* the last one */
} Watch;

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           Watch      *watch)
{
  watch->n_notifications++;
  watch->notified = pspec->name;
}

static void
set_up (Watch        *watch,
        gconstpointer user_data)
{
  watch->client = pusher_client_new ("app-key", "eu");
  g_signal_connect (watch->client, "notify", G_CALLBACK (notify_cb), watch);
}

static void
tear_down (Watch        *watch,
           gconstpointer user_data)
{
  g_assert_finalize_object (watch->client);
}

static void
assert_notified (Watch      *watch,
                 const char *property)
{
  g_assert_cmpuint (watch->n_notifications, ==, 1);
  g_assert_cmpstr (watch->notified, ==, property);
  watch->n_notifications = 0;
  watch->notified = NULL;
}

static void
assert_not_notified (Watch *watch)
{
  g_assert_cmpuint (watch->n_notifications, ==, 0);
}

static void
test_new (Watch        *watch,
          gconstpointer user_data)
{
  g_autoptr (PusherClient) without_cluster = pusher_client_new ("k", NULL);

  g_assert_cmpstr (pusher_client_get_key (watch->client), ==, "app-key");
  g_assert_cmpstr (pusher_client_get_cluster (watch->client), ==, "eu");
  g_assert_cmpstr (pusher_client_get_key (without_cluster), ==, "k");
  g_assert_null (pusher_client_get_cluster (without_cluster));
}

static void
test_new_for_host (void)
{
  g_autoptr (PusherClient) client = pusher_client_new_for_host ("k", "::1", 6001, FALSE);

  g_assert_cmpstr (pusher_client_get_key (client), ==, "k");
  g_assert_null (pusher_client_get_cluster (client));
  g_assert_cmpstr (pusher_client_get_host (client), ==, "::1");
  g_assert_cmpuint (pusher_client_get_port (client), ==, 6001);
  g_assert_false (pusher_client_get_use_tls (client));
}

static void
test_key_and_cluster (Watch        *watch,
                      gconstpointer user_data)
{
  PusherClient *client = watch->client;

  pusher_client_set_key (client, "app-key");
  pusher_client_set_cluster (client, "eu");
  assert_not_notified (watch);
  pusher_client_set_key (client, "another");
  assert_notified (watch, "key");
  g_assert_cmpstr (pusher_client_get_key (client), ==, "another");
  pusher_client_set_cluster (client, NULL);
  assert_notified (watch, "cluster");
  g_assert_null (pusher_client_get_cluster (client));
  g_object_set (client, "key", "a-third", NULL);
  assert_notified (watch, "key");
  g_object_set (client, "cluster", "us2", NULL);
  assert_notified (watch, "cluster");
}

static void
test_max_event_size (Watch        *watch,
                     gconstpointer user_data)
{
  PusherClient *client = watch->client;
  guint64 property = 0;

  g_assert_cmpuint (pusher_client_get_max_event_size (client), ==, 10000);
  pusher_client_set_max_event_size (client, 10000);
  assert_not_notified (watch);
  pusher_client_set_max_event_size (client, G_MAXUINT64);
  assert_notified (watch, "max-event-size");
  g_object_set (client, "max-event-size", (guint64) 0, NULL);
  assert_notified (watch, "max-event-size");
  g_object_get (client, "max-event-size", &property, NULL);
  g_assert_cmpuint (property, ==, 0);
}

static void
test_defaults (Watch        *watch,
               gconstpointer user_data)
{
  PusherClient *client = watch->client;

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_assert_null (strings[i].get (client));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_test_message ("%s", numbers[i].property);
      g_assert_cmpuint (numbers[i].get (client), ==, numbers[i].without);
    }
  g_assert_true (pusher_client_get_use_tls (client));
  g_assert_cmpuint (pusher_client_get_max_message_size (client), ==, 1024 * 1024);
  g_assert_true (SOUP_IS_SESSION (pusher_client_get_session (client)));

  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_INITIALIZED);
  g_assert_null (pusher_client_get_socket_id (client));
  g_assert_null (pusher_client_get_last_error (client));
  g_assert_cmpint (pusher_client_get_retry_at (client), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (pusher_client_get_channels (client)), ==, 0);
  g_assert_true (g_list_model_get_item_type (pusher_client_get_channels (client)) ==
                 PUSHER_TYPE_CHANNEL);
  assert_not_notified (watch);
}

/* What the documentation says a property is by default, it is. The session is
 * made when it is needed, and the list of channels is always there. */
static void
test_declared_defaults (Watch        *watch,
                        gconstpointer user_data)
{
  g_autoptr (PusherClient) client = g_object_new (PUSHER_TYPE_CLIENT, NULL);
  g_autofree GParamSpec **properties = NULL;
  guint n_properties;

  properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (client), &n_properties);
  g_assert_cmpuint (n_properties, >=, 17);
  for (guint i = 0; i < n_properties; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      if (G_IS_PARAM_SPEC_OBJECT (properties[i]))
        continue;

      g_test_message ("%s", properties[i]->name);
      g_object_get_property (G_OBJECT (client), properties[i]->name, &value);
      g_assert_true (g_param_value_defaults (properties[i], &value));
    }
}

static void
test_strings (Watch        *watch,
              gconstpointer user_data)
{
  PusherClient *client = watch->client;

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      const char *values[] = { strings[i].first, strings[i].second, NULL, strings[i].first, NULL };

      g_test_message ("%s", strings[i].property);
      strings[i].set (client, NULL);
      assert_not_notified (watch);

      for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_autofree char *copy = g_strdup (values[j]);
          g_autofree char *property = NULL;

          strings[i].set (client, copy);
          assert_notified (watch, strings[i].property);
          g_assert_cmpstr (strings[i].get (client), ==, values[j]);
          g_assert_true (copy == NULL || strings[i].get (client) != copy);
          g_object_get (client, strings[i].property, &property, NULL);
          g_assert_cmpstr (property, ==, values[j]);

          strings[i].set (client, copy);
          strings[i].set (client, strings[i].get (client));
          g_object_set (client, strings[i].property, values[j], NULL);
          assert_not_notified (watch);
        }
    }
}

/* A part of the present value, such as the host without its first letter. */
static void
test_string_of_itself (Watch        *watch,
                       gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      strings[i].set (watch->client, "abcdefghijklmnopqrstuvwxyz");
      strings[i].set (watch->client, strings[i].get (watch->client) + 1);
      g_assert_cmpstr (strings[i].get (watch->client), ==, "bcdefghijklmnopqrstuvwxyz");
    }
}

static void
test_numbers (Watch        *watch,
              gconstpointer user_data)
{
  PusherClient *client = watch->client;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const guint values[] = { numbers[i].first, numbers[i].second, numbers[i].without };

      g_test_message ("%s", numbers[i].property);
      numbers[i].set (client, numbers[i].without);
      assert_not_notified (watch);

      for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
        {
          guint property;

          numbers[i].set (client, values[j]);
          assert_notified (watch, numbers[i].property);
          g_assert_cmpuint (numbers[i].get (client), ==, values[j]);
          g_object_get (client, numbers[i].property, &property, NULL);
          g_assert_cmpuint (property, ==, values[j]);

          numbers[i].set (client, values[j]);
          g_object_set (client, numbers[i].property, values[j], NULL);
          assert_not_notified (watch);
        }
    }
}

static void
test_use_tls (Watch        *watch,
              gconstpointer user_data)
{
  PusherClient *client = watch->client;
  gboolean property;

  pusher_client_set_use_tls (client, TRUE);
  pusher_client_set_use_tls (client, 2);
  assert_not_notified (watch);

  pusher_client_set_use_tls (client, FALSE);
  assert_notified (watch, "use-tls");
  g_assert_false (pusher_client_get_use_tls (client));
  pusher_client_set_use_tls (client, FALSE);
  assert_not_notified (watch);

  pusher_client_set_use_tls (client, 2);
  assert_notified (watch, "use-tls");
  g_assert_cmpint (pusher_client_get_use_tls (client), ==, TRUE);
  g_object_set (client, "use-tls", FALSE, NULL);
  assert_notified (watch, "use-tls");
  g_object_get (client, "use-tls", &property, NULL);
  g_assert_false (property);
}

static void
test_max_message_size (Watch        *watch,
                       gconstpointer user_data)
{
  PusherClient *client = watch->client;
  guint64 property;

  pusher_client_set_max_message_size (client, 1024 * 1024);
  assert_not_notified (watch);
  pusher_client_set_max_message_size (client, G_MAXUINT64);
  assert_notified (watch, "max-message-size");
  g_assert_cmpuint (pusher_client_get_max_message_size (client), ==, G_MAXUINT64);
  pusher_client_set_max_message_size (client, G_MAXUINT64);
  assert_not_notified (watch);
  g_object_set (client, "max-message-size", (guint64) 1, NULL);
  assert_notified (watch, "max-message-size");
  g_object_get (client, "max-message-size", &property, NULL);
  g_assert_cmpuint (property, ==, 1);
}

static void
test_own_session (Watch        *watch,
                  gconstpointer user_data)
{
  PusherClient *client = watch->client;
  SoupSession *own = pusher_client_get_session (client);
  g_autoptr (SoupSession) property = NULL;

  g_assert_true (SOUP_IS_SESSION (own));
  g_assert_true (g_str_has_prefix (soup_session_get_user_agent (own), "pusher-glib/"));
  g_assert_true (pusher_client_get_session (client) == own);
  g_object_get (client, "session", &property, NULL);
  g_assert_true (property == own);
  assert_not_notified (watch);
}

static void
test_given_session (Watch        *watch,
                    gconstpointer user_data)
{
  PusherClient *client = watch->client;
  SoupSession *session = soup_session_new ();
  SoupSession *another = soup_session_new ();

  pusher_client_set_session (client, session);
  assert_notified (watch, "session");
  g_assert_true (pusher_client_get_session (client) == session);
  pusher_client_set_session (client, session);
  assert_not_notified (watch);

  pusher_client_set_session (client, another);
  assert_notified (watch, "session");
  g_assert_finalize_object (session);

  /* Back to one of its own. */
  pusher_client_set_session (client, NULL);
  assert_notified (watch, "session");
  g_assert_finalize_object (another);
  pusher_client_set_session (client, NULL);
  assert_not_notified (watch);
  g_assert_true (SOUP_IS_SESSION (pusher_client_get_session (client)));
}

static void
test_construct (void)
{
  SoupSession *session = soup_session_new ();
  PusherClient *client = g_object_new (PUSHER_TYPE_CLIENT,
                                       "key", "k",
                                       "cluster", "mt1",
                                       "host", "127.0.0.1",
                                       "port", 6001u,
                                       "path", "/p",
                                       "use-tls", FALSE,
                                       "session", session,
                                       "activity-timeout", 1u,
                                       "pong-timeout", 2u,
                                       "unavailable-timeout", 3u,
                                       "connect-timeout", 4u,
                                       "max-message-size", (guint64) 5,
                                       NULL);

  g_assert_cmpstr (pusher_client_get_key (client), ==, "k");
  g_assert_cmpstr (pusher_client_get_cluster (client), ==, "mt1");
  g_assert_cmpstr (pusher_client_get_host (client), ==, "127.0.0.1");
  g_assert_cmpuint (pusher_client_get_port (client), ==, 6001);
  g_assert_cmpstr (pusher_client_get_path (client), ==, "/p");
  g_assert_false (pusher_client_get_use_tls (client));
  g_assert_true (pusher_client_get_session (client) == session);
  g_assert_cmpuint (pusher_client_get_activity_timeout (client), ==, 1);
  g_assert_cmpuint (pusher_client_get_pong_timeout (client), ==, 2);
  g_assert_cmpuint (pusher_client_get_unavailable_timeout (client), ==, 3);
  g_assert_cmpuint (pusher_client_get_connect_timeout (client), ==, 4);
  g_assert_cmpuint (pusher_client_get_max_message_size (client), ==, 5);

  /* The session was lent. */
  g_assert_finalize_object (client);
  g_assert_finalize_object (session);
}

/* Settings that do not make an address are an error of the application, which
 * hears of it in three ways, and once each; they are not a programming mistake
 * that the library would complain of. */
static void
test_no_address (void)
{
  static const struct
  {
    const char *key;
    const char *cluster;
    const char *host;
    const char *origin;
  } cases[] = {
    { NULL, "eu", NULL },
    { "", "eu", NULL },
    { "k", "not a host", NULL },
    { "k", "eu/../x", NULL },
    { "k", NULL, "not a host" },
    { "k", NULL, "example.org:80" },
    { "k", NULL, "http://example.org/" },
    { "k", NULL, "\xff" },
    { "k", NULL, "localhost", "https://example.org\r\nX: y" },
    { "k", NULL, "localhost", "\xff" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PusherClient *client = g_object_new (PUSHER_TYPE_CLIENT,
                                           "key", cases[i].key,
                                           "cluster", cases[i].cluster,
                                           "host", cases[i].host,
                                           "origin", cases[i].origin,
                                           NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint n_errors = 0;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      count_signals (client, "error", &n_errors);
      pusher_client_open_async (client, NULL, store_result_cb, &result);
      wait_until (result != NULL);

      g_assert_false (pusher_client_open_finish (client, result, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS);
      g_assert_error (pusher_client_get_last_error (client),
                      PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS);
      g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_FAILED);
      g_assert_cmpint (pusher_client_get_retry_at (client), ==, 0);
      g_assert_cmpuint (n_errors, ==, 1);
      g_clear_object (&result);
      g_assert_finalize_object (client);
    }
}

/* Channel data that is no JSON is refused, and the authorizer stays. */
static void
test_secret (Watch        *watch,
             gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PusherAuthorizer *authorizer;

  g_assert_true (pusher_client_use_secret (watch->client, "secret", "{\"user_id\":\"1\"}", &error));
  g_assert_no_error (error);
  authorizer = pusher_client_get_authorizer (watch->client);
  g_assert_true (PUSHER_IS_SECRET_AUTHORIZER (authorizer));

  g_assert_false (pusher_client_use_secret (watch->client, "other", "{\"user_id\":", &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
  g_assert_true (pusher_client_get_authorizer (watch->client) == authorizer);
}

/* The same signs users, unless somebody else is to. */
static void
test_secret_of_users (Watch        *watch,
                      gconstpointer user_data)
{
  PusherHttpAuthorizer *other;

  g_assert_true (pusher_client_use_secret (watch->client, "secret", NULL, NULL));
  g_assert_nonnull (pusher_client_get_user_authenticator (watch->client));
  g_assert_true (pusher_client_get_user_authenticator (watch->client) ==
                 pusher_client_get_authorizer (watch->client));
  g_assert_true (pusher_client_use_secret (watch->client, "secret", NULL, NULL));
  g_assert_true (pusher_client_get_user_authenticator (watch->client) ==
                 pusher_client_get_authorizer (watch->client));

  other = pusher_client_use_user_endpoint (watch->client, "http://127.0.0.1/user", NULL);
  g_assert_true (pusher_client_use_secret (watch->client, "secret", NULL, NULL));
  g_assert_true (pusher_client_get_user_authenticator (watch->client) == PUSHER_AUTHORIZER (other));
}

/* What is no URL fails when it is set, and changes nothing. */
static void
test_endpoints (Watch        *watch,
                gconstpointer user_data)
{
  static const char *const wrong[] = { "not a url", "", "/auth", "ftp://a/", "http://", "https:a" };
  PusherClient *client = watch->client;
  PusherHttpAuthorizer *authorizer, *authenticator;
  g_autoptr (GError) error = NULL;

  authorizer = pusher_client_use_endpoint (client, "http://127.0.0.1/auth", &error);
  g_assert_no_error (error);
  authenticator = pusher_client_use_user_endpoint (client, "https://example.org/user", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pusher_http_authorizer_get_endpoint (authenticator), ==,
                   "https://example.org/user");
  g_assert_true (pusher_http_authorizer_get_session (authenticator) ==
                 pusher_client_get_session (client));

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (pusher_client_use_endpoint (client, wrong[i], &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS);
      g_clear_error (&error);
      g_assert_null (pusher_client_use_user_endpoint (client, wrong[i], &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS);
      g_clear_error (&error);
    }
  g_assert_true (pusher_client_get_authorizer (client) == PUSHER_AUTHORIZER (authorizer));
  g_assert_true (pusher_client_get_user_authenticator (client) ==
                 PUSHER_AUTHORIZER (authenticator));
}

/* What the documentation forbids is refused, and changes nothing. */
static void
test_misuse (Watch        *watch,
             gconstpointer user_data)
{
  PusherClient *client = watch->client;

  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*bytes > 0*");
  pusher_client_set_max_message_size (client, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gboolean is_port = numbers[i].without == 0;

      if (numbers[i].first == 0)
        continue;
      g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL,
                             is_port ? "*port <= G_MAXUINT16*" : "*seconds > 0*");
      numbers[i].set (client, is_port ? G_MAXUINT16 + 1 : 0);
    }
  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*key != NULL*");
  g_assert_null (pusher_client_new (NULL, "eu"));
  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*key != NULL*");
  g_assert_null (pusher_client_new_for_host (NULL, "localhost", 0, TRUE));
  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*host != NULL*");
  g_assert_null (pusher_client_new_for_host ("k", NULL, 0, TRUE));
  g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, "*port <= G_MAXUINT16*");
  g_assert_null (pusher_client_new_for_host ("k", "localhost", G_MAXUINT16 + 1, TRUE));
  g_test_assert_expected_messages ();

  test_defaults (watch, user_data);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add ("/settings/" path, Watch, NULL, set_up, test, tear_down)
  add ("new", test_new);
  add ("defaults", test_defaults);
  add ("declared-defaults", test_declared_defaults);
  add ("strings", test_strings);
  add ("string-of-itself", test_string_of_itself);
  add ("numbers", test_numbers);
  add ("use-tls", test_use_tls);
  add ("max-message-size", test_max_message_size);
  add ("max-event-size", test_max_event_size);
  add ("key-and-cluster", test_key_and_cluster);
  add ("own-session", test_own_session);
  add ("given-session", test_given_session);
  add ("secret", test_secret);
  add ("secret-of-users", test_secret_of_users);
  add ("endpoints", test_endpoints);
  add ("misuse", test_misuse);
  g_test_add_func ("/settings/construct", test_construct);
  g_test_add_func ("/settings/new-for-host", test_new_for_host);
  g_test_add_func ("/settings/no-address", test_no_address);

  return g_test_run ();
}
