/**
 * Tracks up to which message users have received and read, and stores and announces it. Writes run on a timer's
 * thread.
 */
@NullMarked
package io.roomcast.chat.internal.receipt;

import org.jspecify.annotations.NullMarked;
