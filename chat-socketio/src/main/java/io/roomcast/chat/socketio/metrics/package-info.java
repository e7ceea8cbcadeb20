/**
 * The binding to Micrometer, {@link io.roomcast.chat.socketio.metrics.MicrometerChatMetrics}; needs
 * {@code micrometer-core} on the class path.
 */
@NullMarked
package io.roomcast.chat.socketio.metrics;

import org.jspecify.annotations.NullMarked;
