/**
 * Decides in which order and on which thread work runs: one order for each conversation, on shared worker threads.
 *
 * <p>{@link io.roomcast.chat.internal.execution.Execution} assembles the parts. A command's way: an event loop or another
 * caller's thread adds it to its conversation's lane; a worker runs the lane's tasks; the same worker then stores the
 * messages that the tasks handed to the commit queue.
 */
@NullMarked
package io.roomcast.chat.internal.execution;

import org.jspecify.annotations.NullMarked;
