/** {@link io.roomcast.chat.socketio.metrics.MicrometerChatMetrics} hands a chat's measure to Micrometer, where a host has it. */
@NullMarked
package io.roomcast.chat.socketio.metrics;

import org.jspecify.annotations.NullMarked;
