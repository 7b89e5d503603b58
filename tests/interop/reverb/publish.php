<?php
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// php publish.php JSON: triggers an event with the official server SDK for PHP,
// which is the one that Laravel uses, and which knows of prefixes. The JSON is
// {key, secret, id, options, channel, name, data}.

use Pusher\Pusher;

require getenv('REVERB_VENDOR').'/autoload.php';

$call = json_decode($argv[1], flags: JSON_THROW_ON_ERROR);
$pusher = new Pusher($call->key, $call->secret, $call->id, (array) $call->options);
$pusher->trigger($call->channel, $call->name, $call->data);
