package io.roomcast.chat.internal.push;

import io.roomcast.chat.internal.execution.SafeScheduler;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * What is needed to notify devices. Immutable.
 *
 * @param devices the devices of users
 * @param recipients what is known of users
 * @param composer writes notifications
 * @param services passes them to the push services
 * @param outcomes records the answers of the push services
 * @param scheduler runs what is sent later
 * @param workers runs what blocks for the store
 */
record PushParts(
        Devices devices,
        Recipients recipients,
        PushComposer composer,
        PushServices services,
        PushOutcomes outcomes,
        SafeScheduler scheduler,
        Executor workers,
        Clock clock) {
    Instant now() {
        return clock.instant();
    }
}
