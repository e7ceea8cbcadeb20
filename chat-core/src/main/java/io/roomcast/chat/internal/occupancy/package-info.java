/**
 * Knows which users are where on all nodes. Each node announces what it knows of a room as one state; {@link
 * io.roomcast.chat.internal.occupancy.NodeStates} holds the newest state of each node, and {@link
 * io.roomcast.chat.internal.occupancy.RoomUsers} merges them.
 */
@NullMarked
package io.roomcast.chat.internal.occupancy;

import org.jspecify.annotations.NullMarked;
