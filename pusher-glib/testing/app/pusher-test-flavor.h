/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/app/pusher-test-macros.h>

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PusherTestFlavor:
 * @PUSHER_TEST_FLAVOR_PUSHER: pusher.com, as its documentation describes it.
 * @PUSHER_TEST_FLAVOR_REVERB: Laravel Reverb 1.10.
 * @PUSHER_TEST_FLAVOR_SOKETI: soketi 1.6.
 *
 * Servers that a [class@PusherTest.Server] answers like.
 *
 * What they have in common is the protocol; here is what makes them different for a
 * client:
 *
 * | | Pusher | Reverb | soketi |
 * | --- | --- | --- | --- |
 * | a subscription is refused | `pusher:subscription_error` | `pusher:error` 4009 that names no channel | `pusher:subscription_error` |
 * | data of `pusher:error` | an object | JSON in a string | an object |
 * | a message that makes no sense | `pusher:error` without a code | `pusher:error` 4200 | no answer |
 * | sign-in | yes | `pusher:error` 4200 | no answer |
 * | subscription counts | yes | no | no |
 * | client events on public channels | refused | yes | yes |
 * | needs authorization | `private-`, `presence-` | what begins with `private` or `presence` | `private-`, `presence-` |
 * | too many connections | refused with 4004 | `pusher:error` 4004 | refused with 4100 |
 * | it stops | close code 4200 | connections end without a close frame | close code 4200 |
 *
 * As Reverb is written in PHP, objects that are empty, or have the members 0, 1, 2 and
 * so on, come from it as arrays: the members of a presence channel too, where these are
 * their ids. And who subscribes to a presence channel is told 4200 if a member there has
 * no `user_info`.
 *
 * The REST interface and the authorization endpoint are the same for all.
 *
 * Since: 1.0
 */
typedef enum
{
  PUSHER_TEST_FLAVOR_PUSHER,
  PUSHER_TEST_FLAVOR_REVERB,
  PUSHER_TEST_FLAVOR_SOKETI,
} PusherTestFlavor;

G_END_DECLS
