<?php
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

use Illuminate\Support\Facades\Broadcast;

Broadcast::channel('orders.{id}', fn ($user, string $id) => $id === '1');
Broadcast::channel('chat.{id}', fn ($user) => ['name' => $user->name]);
Broadcast::channel('App.Models.User.{id}', fn ($user, string $id) => $user->id === (int) $id);
