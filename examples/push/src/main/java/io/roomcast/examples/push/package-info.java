/**
 * Sends notifications to phones: to iOS through APNs, {@link io.roomcast.examples.push.ApnsNotifier}, and to Android through
 * FCM, {@link io.roomcast.examples.push.FcmNotifier}.
 */
@NullMarked
package io.roomcast.examples.push;

import org.jspecify.annotations.NullMarked;
