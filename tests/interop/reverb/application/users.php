<?php
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

namespace App\Models;

use Illuminate\Auth\GenericUser;
use Illuminate\Contracts\Auth\Authenticatable;
use Illuminate\Contracts\Auth\UserProvider;
use Illuminate\Notifications\RoutesNotifications;

class User extends GenericUser
{
    use RoutesNotifications;

    public static function al(): self
    {
        return new self(['id' => 1, 'name' => 'Al', 'password' => '', 'remember_token' => null]);
    }

    public static function withToken(?string $token): ?self
    {
        return $token === '1|al-token' ? self::al() : null;
    }

    public function getKey(): int
    {
        return $this->id;
    }
}

class KnownUsers implements UserProvider
{
    public function retrieveById($identifier)
    {
        return (int) $identifier === 1 ? User::al() : null;
    }

    public function retrieveByToken($identifier, #[\SensitiveParameter] $token)
    {
        return null;
    }

    public function updateRememberToken(Authenticatable $user, #[\SensitiveParameter] $token)
    {
    }

    public function retrieveByCredentials(#[\SensitiveParameter] array $credentials)
    {
        return null;
    }

    public function validateCredentials(Authenticatable $user, #[\SensitiveParameter] array $credentials)
    {
        return false;
    }

    public function rehashPasswordIfRequired(
        Authenticatable $user,
        #[\SensitiveParameter] array $credentials,
        bool $force = false,
    ) {
    }
}
