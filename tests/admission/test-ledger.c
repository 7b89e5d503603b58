/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "admission/pusher-ledger-private.h"

static int askers[2];

static void
assert_oldest (PusherLedger *ledger,
               const char   *name,
               gpointer      asker)
{
  const char *oldest_name;
  gpointer oldest_asker;

  g_assert_true (pusher_ledger_oldest_refusable (ledger, &oldest_name, &oldest_asker));
  g_assert_cmpstr (oldest_name, ==, name);
  g_assert_true (oldest_asker == asker);
}

static void
test_order (void)
{
  PusherLedger ledger;
  const char *name;
  gpointer asker;

  pusher_ledger_init (&ledger);
  g_assert_false (pusher_ledger_oldest_refusable (&ledger, &name, &asker));

  pusher_ledger_add (&ledger, "public", FALSE, &askers[0], 0);
  g_assert_false (pusher_ledger_oldest_refusable (&ledger, &name, &asker));
  pusher_ledger_add (&ledger, "private-b", TRUE, &askers[0], 0);
  pusher_ledger_add (&ledger, "private-a", TRUE, &askers[1], 0);
  assert_oldest (&ledger, "private-b", &askers[0]);

  g_assert_true (pusher_ledger_settle (&ledger, "private-b"));
  assert_oldest (&ledger, "private-a", &askers[1]);
  g_assert_true (pusher_ledger_settle (&ledger, "private-a"));
  g_assert_false (pusher_ledger_oldest_refusable (&ledger, &name, &asker));
  g_assert_true (pusher_ledger_owes (&ledger, "public"));
  pusher_ledger_clear (&ledger);
}

static void
test_settle (void)
{
  PusherLedger ledger;

  pusher_ledger_init (&ledger);
  g_assert_false (pusher_ledger_owes (&ledger, "a"));
  g_assert_false (pusher_ledger_settle (&ledger, "a"));
  pusher_ledger_add (&ledger, "a", TRUE, &askers[0], 0);
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

  pusher_ledger_add (&ledger, "a", TRUE, &askers[0], 0);
  pusher_ledger_add (&ledger, "b", FALSE, &askers[1], 0);
  g_assert_false (pusher_ledger_is_abandoned (&ledger, "a"));
  pusher_ledger_abandon (&ledger, "a");
  pusher_ledger_abandon (&ledger, "a");
  pusher_ledger_abandon (&ledger, "b");
  g_assert_cmpuint (ledger.n_abandoned, ==, 2);
  g_assert_true (pusher_ledger_is_abandoned (&ledger, "a"));
  g_assert_true (pusher_ledger_owes (&ledger, "a"));
  assert_oldest (&ledger, "a", NULL);

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
  pusher_ledger_add (&ledger, "private-a", TRUE, &askers[0], 20);
  pusher_ledger_add (&ledger, "b", FALSE, &askers[1], 10);
  pusher_ledger_add (&ledger, "private-c", TRUE, &askers[1], 0);
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
  assert_oldest (&ledger, "private-c", &askers[1]);
  g_assert_false (pusher_ledger_take_overdue (&ledger, G_MAXINT64, &name, &asker));
  g_assert_false (pusher_ledger_is_overdue (&ledger, "private-c"));

  /* Asked for again, or answered */
  pusher_ledger_add (&ledger, "b", FALSE, &askers[0], 50);
  g_assert_true (pusher_ledger_owes (&ledger, "b"));
  g_assert_false (pusher_ledger_is_overdue (&ledger, "b"));
  g_assert_cmpuint (ledger.n_abandoned, ==, 0);
  g_assert_true (pusher_ledger_settle (&ledger, "private-a"));
  g_assert_false (pusher_ledger_is_overdue (&ledger, "private-a"));
  g_assert_true (pusher_ledger_settle (&ledger, "b"));
  g_assert_cmpint (pusher_time_limits_get_first (&ledger.limits), ==, 0);
  pusher_ledger_clear (&ledger);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/order", test_order);
  g_test_add_func ("/ledger/settle", test_settle);
  g_test_add_func ("/ledger/abandon", test_abandon);
  g_test_add_func ("/ledger/overdue", test_overdue);

  return g_test_run ();
}
