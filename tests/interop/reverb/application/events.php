<?php
// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

namespace App\Events {
    use Illuminate\Broadcasting\InteractsWithSockets;
    use Illuminate\Broadcasting\PrivateChannel;
    use Illuminate\Contracts\Broadcasting\ShouldBroadcastNow;

    class OrderShipped implements ShouldBroadcastNow
    {
        use InteractsWithSockets;

        public function __construct(public array $order)
        {
        }

        public function broadcastOn(): PrivateChannel
        {
            return new PrivateChannel("orders.{$this->order['id']}");
        }
    }

    class OrderPaid extends OrderShipped
    {
        public function broadcastAs(): string
        {
            return 'order.paid';
        }

        public function broadcastWith(): array
        {
            return ['paid' => true];
        }
    }
}

namespace App\Notifications {
    use Illuminate\Notifications\Notification;

    class InvoicePaid extends Notification
    {
        public function via(): array
        {
            return ['broadcast'];
        }

        public function toArray(): array
        {
            return ['text' => 'Paid'];
        }
    }
}
