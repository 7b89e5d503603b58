/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "admission/pusher-ledger-private.h"

#include <gio/gio.h>
#include <stdlib.h>

static int askers[2];

#define PRIVATE PUSHER_LEDGER_PRIVATE
#define SUBSCRIPTIONS (PUSHER_LEDGER_PUBLIC | PUSHER_LEDGER_PRIVATE)
#define ANYTHING (SUBSCRIPTIONS | PUSHER_LEDGER_SIGN_IN)

static void
test_settle (void)
{
  PusherLedger ledger;

  pusher_ledger_init (&ledger);
  g_assert_false (pusher_ledger_owes (&ledger, "a"));
  g_assert_false (pusher_ledger_settle (&ledger, "a"));
  pusher_ledger_add (&ledger, "a", PUSHER_LEDGER_PRIVATE, &askers[0], 0);
  g_assert_true (pusher_ledger_owes (&ledger, "a"));
  g_assert_false (pusher_ledger_owes (&ledger, "b"));
  g_assert_true (pusher_ledger_settle (&ledger, "a"));
  g_assert_false (pusher_ledger_owes (&ledger, "a"));
  g_assert_false (pusher_ledger_settle (&ledger, "a"));
  pusher_ledger_clear (&ledger);
}

static void
test_abandon (void)
{
  PusherLedger ledger;

  pusher_ledger_init (&ledger);
  pusher_ledger_abandon (&ledger, "a");
  g_assert_cmpuint (ledger.n_abandoned, ==, 0);

  pusher_ledger_add (&ledger, "a", PUSHER_LEDGER_PRIVATE, &askers[0], 0);
  pusher_ledger_add (&ledger, "b", PUSHER_LEDGER_PUBLIC, &askers[1], 0);
  g_assert_false (pusher_ledger_is_abandoned (&ledger, "a"));
  pusher_ledger_abandon (&ledger, "a");
  pusher_ledger_abandon (&ledger, "a");
  pusher_ledger_abandon (&ledger, "b");
  g_assert_cmpuint (ledger.n_abandoned, ==, 2);
  g_assert_true (pusher_ledger_is_abandoned (&ledger, "a"));
  g_assert_true (pusher_ledger_owes (&ledger, "a"));

  g_assert_true (pusher_ledger_settle (&ledger, "a"));
  g_assert_cmpuint (ledger.n_abandoned, ==, 1);
  g_assert_false (pusher_ledger_is_abandoned (&ledger, "a"));
  pusher_ledger_forget_all (&ledger);
  g_assert_cmpuint (ledger.n_abandoned, ==, 0);
  g_assert_false (pusher_ledger_owes (&ledger, "b"));
  pusher_ledger_clear (&ledger);
}

/* What is overdue is not owed any more, but may be answered. */
static void
test_overdue (void)
{
  PusherLedger ledger;
  const char *name;
  gpointer asker;

  pusher_ledger_init (&ledger);
  pusher_ledger_add (&ledger, "private-a", PUSHER_LEDGER_PRIVATE, &askers[0], 20);
  pusher_ledger_add (&ledger, "b", PUSHER_LEDGER_PUBLIC, &askers[1], 10);
  pusher_ledger_add (&ledger, "private-c", PUSHER_LEDGER_PRIVATE, &askers[1], 0);
  pusher_ledger_abandon (&ledger, "b");
  g_assert_cmpint (pusher_time_limits_get_first (&ledger.limits), ==, 10);
  g_assert_false (pusher_ledger_take_overdue (&ledger, 9, &name, &asker));

  g_assert_true (pusher_ledger_take_overdue (&ledger, 20, &name, &asker));
  g_assert_cmpstr (name, ==, "b");
  g_assert_null (asker);
  g_assert_false (pusher_ledger_owes (&ledger, "b"));
  g_assert_true (pusher_ledger_is_overdue (&ledger, "b"));
  g_assert_true (pusher_ledger_is_abandoned (&ledger, "b"));

  g_assert_true (pusher_ledger_take_overdue (&ledger, 20, &name, &asker));
  g_assert_cmpstr (name, ==, "private-a");
  g_assert_true (asker == &askers[0]);
  g_assert_false (pusher_ledger_take_overdue (&ledger, G_MAXINT64, &name, &asker));
  g_assert_false (pusher_ledger_is_overdue (&ledger, "private-c"));

  /* Asked for again, or answered */
  pusher_ledger_add (&ledger, "b", PUSHER_LEDGER_PUBLIC, &askers[0], 50);
  g_assert_true (pusher_ledger_owes (&ledger, "b"));
  g_assert_false (pusher_ledger_is_overdue (&ledger, "b"));
  g_assert_cmpuint (ledger.n_abandoned, ==, 0);
  g_assert_true (pusher_ledger_settle (&ledger, "private-a"));
  g_assert_false (pusher_ledger_is_overdue (&ledger, "private-a"));
  g_assert_true (pusher_ledger_settle (&ledger, "b"));
  g_assert_cmpint (pusher_time_limits_get_first (&ledger.limits), ==, 0);
  pusher_ledger_clear (&ledger);
}

/* What is given up may have been taken all the same; nothing is known of errors. */
static void
test_refused (void)
{
  g_autoptr (GError) no = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no");
  PusherLedger ledger;
  gpointer asker;
  GError *error;
  const char *culprit;
  char *name;

  pusher_ledger_init (&ledger);
  pusher_ledger_add (&ledger, "private-a", PUSHER_LEDGER_PRIVATE, &askers[0], 10);
  pusher_ledger_add (&ledger, "b", PUSHER_LEDGER_PUBLIC, &askers[1], 10);
  pusher_ledger_add (&ledger, "private-c", PUSHER_LEDGER_PRIVATE, &askers[1], 0);
  pusher_ledger_abandon (&ledger, "b");
  g_assert_true (pusher_ledger_suspect (&ledger, PUSHER_LEDGER_PUBLIC, no, 1000));

  g_assert_true (pusher_ledger_take_refused (&ledger, 2, &name, &asker));
  g_assert_cmpstr (name, ==, "private-a");
  g_assert_true (asker == &askers[0]);
  g_assert_false (pusher_ledger_owes (&ledger, name));
  g_assert_false (pusher_ledger_is_overdue (&ledger, name));
  g_assert_false (pusher_ledger_is_abandoned (&ledger, name));
  g_free (name);

  g_assert_true (pusher_ledger_take_refused (&ledger, 2, &name, &asker));
  g_assert_cmpstr (name, ==, "b");
  g_assert_null (asker);
  g_assert_true (pusher_ledger_is_overdue (&ledger, name));
  g_assert_true (pusher_ledger_is_abandoned (&ledger, name));
  g_free (name);

  /* Who gives up before it is sent again may have been accepted all the same */
  pusher_ledger_abandon (&ledger, "private-a");
  g_assert_true (pusher_ledger_is_overdue (&ledger, "private-a"));
  g_assert_true (pusher_ledger_is_abandoned (&ledger, "private-a"));

  g_assert_false (pusher_ledger_take_refused (&ledger, 2, &name, &asker));
  g_assert_true (pusher_ledger_owes (&ledger, "private-c"));
  g_assert_cmpint (pusher_time_limits_get_first (&ledger.limits), ==, 0);
  g_assert_false (pusher_ledger_take_culprit (&ledger, &culprit, &asker, &error));
  pusher_ledger_clear (&ledger);
}

/* --- Errors without a name ----------------------------------------------- */

static gboolean
suspect (PusherLedger     *ledger,
         PusherLedgerKinds kinds)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no");

  return pusher_ledger_suspect (ledger, kinds, error, 1000);
}

static void
assert_culprits (PusherLedger *ledger,
                 const char   *names)
{
  g_autoptr (GString) culprits = g_string_new (NULL);
  const char *name;
  gpointer asker;
  GError *error;

  while (pusher_ledger_take_culprit (ledger, &name, &asker, &error))
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
      g_error_free (error);
      g_assert_true (pusher_ledger_is_overdue (ledger, name));
      g_string_append (culprits, name);
    }
  g_assert_cmpstr (culprits->str, ==, names);
}

static void
add (PusherLedger     *ledger,
     const char       *name,
     PusherLedgerKinds kind)
{
  pusher_ledger_add (ledger, name, kind, &askers[0], 0);
}

/* One that it may be about is the one. */
static void
test_certain (void)
{
  PusherLedger ledger;

  pusher_ledger_init (&ledger);
  g_assert_false (suspect (&ledger, ANYTHING));
  assert_culprits (&ledger, "");

  add (&ledger, "a", PUSHER_LEDGER_PUBLIC);
  g_assert_false (suspect (&ledger, PRIVATE));
  add (&ledger, "b", PRIVATE);
  g_assert_true (suspect (&ledger, PRIVATE));
  assert_culprits (&ledger, "b");
  g_assert_true (suspect (&ledger, ANYTHING));
  assert_culprits (&ledger, "a");
  add (&ledger, "s", PUSHER_LEDGER_SIGN_IN);
  g_assert_false (suspect (&ledger, SUBSCRIPTIONS));
  g_assert_true (suspect (&ledger, ANYTHING));
  assert_culprits (&ledger, "s");
  pusher_ledger_clear (&ledger);
}

/* Of several, none is for now. Those that are passed over are the ones, if they are as many
 * as there were errors. */
static void
test_passed_over (void)
{
  PusherLedger ledger;

  pusher_ledger_init (&ledger);
  add (&ledger, "a", PRIVATE);
  add (&ledger, "b", PRIVATE);
  add (&ledger, "c", PRIVATE);
  g_assert_true (suspect (&ledger, PRIVATE));
  assert_culprits (&ledger, "");
  add (&ledger, "d", PRIVATE); /* was not there then */
  pusher_ledger_settle (&ledger, "c");
  assert_culprits (&ledger, "");
  pusher_ledger_settle (&ledger, "a");
  assert_culprits (&ledger, "b");
  g_assert_true (pusher_ledger_owes (&ledger, "d"));

  /* As many errors as there are suspects */
  add (&ledger, "e", PRIVATE);
  g_assert_true (suspect (&ledger, PRIVATE));
  assert_culprits (&ledger, "");
  g_assert_true (suspect (&ledger, PRIVATE));
  assert_culprits (&ledger, "de");
  pusher_ledger_clear (&ledger);
}

/* What is the last that is left may just not have been answered yet. */
static void
test_last (void)
{
  PusherLedger ledger;

  pusher_ledger_init (&ledger);
  add (&ledger, "a", PRIVATE);
  add (&ledger, "b", PUSHER_LEDGER_PUBLIC);
  g_assert_true (suspect (&ledger, ANYTHING));
  g_assert_true (pusher_ledger_settle (&ledger, "a"));
  assert_culprits (&ledger, "");
  add (&ledger, "c", PRIVATE);
  assert_culprits (&ledger, "");
  g_assert_true (pusher_ledger_settle (&ledger, "c"));
  assert_culprits (&ledger, "b");

  /* More errors than are compared, until they are all */
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u", i);

      add (&ledger, name, PRIVATE);
    }
  for (guint i = 0; i < 99; i++)
    g_assert_true (suspect (&ledger, PRIVATE));
  add (&ledger, "d", PUSHER_LEDGER_PUBLIC);
  g_assert_true (pusher_ledger_settle (&ledger, "d"));
  assert_culprits (&ledger, "");
  g_assert_true (suspect (&ledger, PRIVATE));
  g_assert_cmpuint (ledger.suspicion.n_errors, ==, 100);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GError) error = NULL;
      const char *name;
      gpointer asker;

      g_assert_true (pusher_ledger_take_culprit (&ledger, &name, &asker, &error));
      g_assert_cmpint (atoi (name), ==, (int) i);
    }
  assert_culprits (&ledger, "");
  pusher_ledger_clear (&ledger);
}

/* Errors that are about something else, too. */
static void
test_unexplained (void)
{
  PusherLedger ledger;
  const char *name;
  gpointer asker;

  pusher_ledger_init (&ledger);

  /* All are accepted */
  add (&ledger, "a", PRIVATE);
  add (&ledger, "b", PRIVATE);
  g_assert_true (suspect (&ledger, PRIVATE));
  g_assert_true (pusher_ledger_settle (&ledger, "a"));
  g_assert_true (pusher_ledger_settle (&ledger, "b"));
  add (&ledger, "c", PRIVATE);
  assert_culprits (&ledger, "");

  /* Errors of two kinds */
  add (&ledger, "d", PRIVATE);
  g_assert_true (suspect (&ledger, PRIVATE));
  g_assert_false (suspect (&ledger, ANYTHING));
  g_assert_true (pusher_ledger_settle (&ledger, "d"));
  assert_culprits (&ledger, "");

  /* One of two is overdue: it may have been that */
  pusher_ledger_add (&ledger, "e", PRIVATE, &askers[0], 5);
  g_assert_true (suspect (&ledger, PRIVATE));
  g_assert_true (pusher_ledger_take_overdue (&ledger, 5, &name, &asker));
  assert_culprits (&ledger, "");
  pusher_ledger_clear (&ledger);
}

/* Something was sent of which nothing more will be heard. */
static void
test_unowed (void)
{
  PusherLedger ledger;

  pusher_ledger_init (&ledger);
  add (&ledger, "a", PRIVATE);
  pusher_ledger_note_unowed (&ledger, 1000);
  g_assert_false (suspect (&ledger, PRIVATE));

  /* The server is not past it with what came before, but with what came after */
  add (&ledger, "b", PRIVATE);
  pusher_ledger_settle (&ledger, "a");
  g_assert_false (suspect (&ledger, PRIVATE));
  add (&ledger, "c", PRIVATE);
  pusher_ledger_settle (&ledger, "b");
  g_assert_true (suspect (&ledger, PRIVATE));
  assert_culprits (&ledger, "c");

  /* Or a while later */
  pusher_ledger_note_unowed (&ledger, 1001 - 30 * G_USEC_PER_SEC);
  add (&ledger, "d", PRIVATE);
  g_assert_false (suspect (&ledger, PRIVATE));
  pusher_ledger_note_unowed (&ledger, 1000 - 30 * G_USEC_PER_SEC);
  g_assert_true (suspect (&ledger, PRIVATE));
  assert_culprits (&ledger, "d");
  pusher_ledger_clear (&ledger);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/settle", test_settle);
  g_test_add_func ("/ledger/abandon", test_abandon);
  g_test_add_func ("/ledger/overdue", test_overdue);
  g_test_add_func ("/ledger/refused", test_refused);
  g_test_add_func ("/ledger/certain", test_certain);
  g_test_add_func ("/ledger/passed-over", test_passed_over);
  g_test_add_func ("/ledger/last", test_last);
  g_test_add_func ("/ledger/unexplained", test_unexplained);
  g_test_add_func ("/ledger/unowed", test_unowed);

  return g_test_run ();
}
