<?php
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

use App\Events\OrderPaid;
use App\Events\OrderShipped;
use App\Models\User;
use App\Notifications\InvoicePaid;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\Route;

Route::get('/login', fn () => 'Log in')->name('login');

Route::post('/login', function () {
    Auth::login(User::al());

    return 'Welcome';
});

Route::post('/orders/{id}', function (int $id) {
    broadcast(new OrderShipped(['id' => $id]))->toOthers();
    broadcast(new OrderPaid(['id' => $id]));
    Auth::user()->notifyNow(new InvoicePaid);

    return 'Shipped';
})->middleware('auth');
