/**
 * Sends push notifications to the devices of users who are not looking: decides whom, when and of what, and calls the
 * host's notifiers on threads of their own.
 *
 * <p>{@link io.roomcast.chat.internal.push.Push} assembles the parts. {@link
 * io.roomcast.chat.internal.push.PushFollower} finds who may need a notification of a stored message, {@link
 * io.roomcast.chat.internal.push.PushQueue} keeps it until it is due, also over a crash, {@link
 * io.roomcast.chat.internal.push.PushSender} decides at that time, and {@link
 * io.roomcast.chat.internal.push.PushServices} sends it.
 */
@NullMarked
package io.roomcast.chat.internal.push;

import org.jspecify.annotations.NullMarked;
