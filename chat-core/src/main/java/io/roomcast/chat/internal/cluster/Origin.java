package io.roomcast.chat.internal.cluster;

/**
 * The header of a frame. Immutable.
 *
 * @param node the node that published it
 * @param sentAt when it was published by that node's clock, in milliseconds since the epoch
 */
public record Origin(NodeId node, long sentAt) {}
