// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The applications that the servers know, each server as far as it can: what else
// they have are settings of soketi, and under `reverb` those of Reverb.

export const apps = {
  main: {id: '1', key: 'main-key', secret: 'main-secret'},
  user: {id: '2', key: 'user-key', secret: 'user-secret', enableUserAuthentication: true},
  noClientEvents: {
    id: '3', key: 'noclient-key', secret: 'noclient-secret', enableClientMessages: false,
    reverb: {accept_client_events_from: 'none'},
  },
  limits: {
    id: '4', key: 'limits-key', secret: 'limits-secret',
    maxClientEventsPerSecond: 2, maxEventPayloadInKb: 1, maxEventNameLength: 50,
    maxChannelNameLength: 60, maxPresenceMembersPerChannel: 1, maxPresenceMemberSizeInKb: 0.1,
    maxConnections: 2, maxBackendEventsPerSecond: 2, maxReadRequestsPerSecond: 2,
    reverb: {max_connections: 1},
  },
  disabled: {id: '5', key: 'disabled-key', secret: 'disabled-secret', enabled: false},
};
