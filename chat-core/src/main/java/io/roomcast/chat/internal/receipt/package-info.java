/**
 * Tracks the highest sequence number that each user has received and read, stores it, and sends it to rooms.
 *
 * <p>{@link io.roomcast.chat.internal.receipt.Receipts} assembles the parts. Workers and event loops call them; a timer
 * starts the writes, which run on a worker.
 */
@NullMarked
package io.roomcast.chat.internal.receipt;

import org.jspecify.annotations.NullMarked;
