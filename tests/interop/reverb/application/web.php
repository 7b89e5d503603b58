<?php
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// php -S ADDRESS web.php: a Laravel application that broadcasts, as its users make
// one, but for the database: who there is stands below. Its settings are the usual
// variables of the environment, REVERB_APP_KEY and the like; REVERB_VENDOR and
// REVERB_WORK are those of ../artisan.

use Illuminate\Foundation\Application;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\Broadcast;

require getenv('REVERB_VENDOR').'/autoload.php';
require __DIR__.'/events.php';
require __DIR__.'/users.php';

$work = getenv('REVERB_WORK');
foreach (['bootstrap/cache', 'storage/framework/sessions', 'storage/framework/views'] as $directory) {
    if (! is_dir("$work/$directory")) {
        mkdir("$work/$directory", recursive: true);
    }
}

$application = Application::configure(basePath: $work)
    ->withRouting(web: __DIR__.'/routes.php', channels: __DIR__.'/channels.php')
    ->withMiddleware()
    ->withExceptions()
    ->create();
$application->useConfigPath("$work/config");

// Pages have sessions, programs a token: a guard of this kind is what Sanctum's is.
$application->booting(function () {
    config([
        'auth.providers.users' => ['driver' => 'known'],
        'auth.guards.bearer' => ['driver' => 'bearer'],
    ]);
    Auth::provider('known', fn () => new App\Models\KnownUsers);
    Auth::viaRequest('bearer', fn (Request $request) => App\Models\User::withToken($request->bearerToken()));
});
$application->booted(
    fn () => Broadcast::routes(['prefix' => 'api', 'middleware' => ['auth:bearer']]));

$application->handleRequest(Request::capture());
