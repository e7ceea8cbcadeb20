/**
 * Decides in which order and on which thread work runs: one order for each conversation, on shared worker threads.
 */
@NullMarked
package io.roomcast.chat.internal.execution;

import org.jspecify.annotations.NullMarked;
