/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Takes the place of the machine's network monitor and system bus, for the whole
 * process. To be called before anything else, and at the end. */
void mock_system_init  (void);
void mock_system_clear (void);

/* --- The network monitor ------------------------------------------------- */

gboolean         mock_network_exists       (void);
GThread         *mock_network_get_creator  (void);
gboolean         mock_network_has_listener (void);
guint            mock_network_count_listeners (void);
void             mock_network_change       (void);

/* --- The system bus, with logind ----------------------------------------- */

typedef struct
{
  GSubprocess *daemon;
  GDBusConnection *logind;
  GDBusConnection *other;
} MockBus;

gboolean    mock_bus_is_possible       (void);
const char *mock_bus_get_path          (void);
void        mock_bus_start             (MockBus         *self);
void        mock_bus_kill              (MockBus         *self);
void        mock_bus_stop              (MockBus         *self);
void        mock_bus_prepare_for_sleep (GDBusConnection *sender,
                                        GVariant        *parameters);
guint       mock_bus_count_connections (MockBus         *self);

G_END_DECLS
