<?php
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

return json_decode(
    file_get_contents(base_path('reverb.json')), associative: true, flags: JSON_THROW_ON_ERROR);
