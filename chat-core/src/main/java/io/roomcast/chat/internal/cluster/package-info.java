/**
 * Translates between the chat and a {@link io.roomcast.chat.spi.ClusterBus}: signed frames, the events in them, and what
 * may be lost.
 *
 * <p>{@link io.roomcast.chat.internal.cluster.ClusterLink} connects a chat to the bus. Open one with the store's {@code
 * clusterKey()} and a {@link io.roomcast.chat.internal.cluster.ClusterReceiver}, which has one method for each {@link
 * io.roomcast.chat.internal.cluster.ClusterEvent}:
 *
 * <pre>{@code
 * ClusterLink link = new ClusterLink(bus, key, receiver, clock, metrics);
 * link.open();
 * link.subscribe(List.of(Channel.all(), Channel.node(link.self()), Channel.conversation("c")));
 * link.publish(Channel.conversation("c"), new ClusterEvent.MessageStored(message));
 * }</pre>
 *
 * <p>Frames may be lost, repeated or late. The receiver therefore orders messages and changes by their numbers and reads
 * missing ones from the store. After {@code onConnected} and {@code onUnsent} it takes the conversations whose frames may
 * be lost with {@code takeUnsent()}, and publishes a {@code Head} in each. If they are not complete, it requests {@code
 * RESYNC} of all nodes. A message that is too large for a frame arrives as a {@code Head} as well.
 *
 * <p>A node's own frames are skipped. Frames that cannot be read, or that no node of this cluster signed, are counted, and
 * nothing in a frame throws.
 */
@NullMarked
package io.roomcast.chat.internal.cluster;

import org.jspecify.annotations.NullMarked;
