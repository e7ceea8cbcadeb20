/**
 * Adds sessions to rooms, sends them the messages that they missed, and removes users from rooms. Runs on workers; reads
 * run outside the conversations' order.
 */
@NullMarked
package io.roomcast.chat.internal.join;

import org.jspecify.annotations.NullMarked;
