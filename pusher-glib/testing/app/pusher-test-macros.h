/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#if !defined(PUSHER_TEST_INSIDE) && !defined(PUSHER_GLIB_COMPILATION)
#error "Only <pusher-glib/testing/pusher-test.h> can be included directly."
#endif

#include <glib.h>

#ifndef _PUSHER_EXTERN
#define _PUSHER_EXTERN extern
#endif

/**
 * PUSHER_TEST_AVAILABLE_IN_ALL: (skip)
 *
 * Marks a symbol that every version of the library exports.
 */
#define PUSHER_TEST_AVAILABLE_IN_ALL _PUSHER_EXTERN
