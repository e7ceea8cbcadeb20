package io.roomcast.chat.internal.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** A bus of the model: it delays and repeats frames, and a broken connection loses those on their way. */
final class ModelBus {
    /** One node's connection. */
    final class Link {
        private final BiConsumer<Link, Object> receiver;
        private boolean up = true;
        private boolean subscribed;
        private boolean unconfirmed;
        private long life;
        private long sendFree;
        private long receiveFree;

        private Link(BiConsumer<Link, Object> receiver) {
            this.receiver = receiver;
        }

        /** Sends a frame to the other nodes, which may be lost. */
        void publish(Object frame) {
            if (!up) {
                unconfirmed = true;
                return;
            }
            long now = life;
            sendFree = Math.max(sendFree, steps.now() + steps.random(0, 3));
            steps.at(sendFree, () -> forward(now, frame));
            if (random.nextInt(100) < REPEATED_PERCENT) {
                sendFree++;
                steps.at(sendFree + steps.random(0, 20), () -> forward(now, frame));
            }
        }

        private void forward(long then, Object frame) {
            if (life == then) {
                links.stream()
                        .filter(other -> other != this && other.receives())
                        .forEach(other -> other.deliver(frame));
            } else {
                unconfirmed = true;
            }
        }

        private boolean receives() {
            return up && subscribed;
        }

        private void deliver(Object frame) {
            long then = life;
            receiveFree = Math.max(receiveFree, steps.now() + steps.random(0, 6));
            steps.at(receiveFree, () -> {
                if (life == then && receives()) {
                    receiver.accept(this, frame);
                }
            });
        }

        void subscribe(boolean subscribes) {
            subscribed = subscribes && up;
        }

        boolean isUp() {
            return up;
        }

        void cut() {
            up = false;
            subscribed = false;
            life++;
        }

        void connect() {
            up = true;
            life++;
        }

        /** Returns whether frames were lost on their way to the others since the last call. */
        boolean takeUnconfirmed() {
            boolean was = unconfirmed;
            unconfirmed = false;
            return was;
        }
    }

    private static final int REPEATED_PERCENT = 3;

    private final List<Link> links = new ArrayList<>();
    private final ModelSteps steps;
    private final Random random;

    ModelBus(ModelSteps steps, Random random) {
        this.steps = steps;
        this.random = random;
    }

    /** Adds a node. */
    Link link(BiConsumer<Link, Object> receiver) {
        Link link = new Link(receiver);
        links.add(link);
        return link;
    }
}
