package io.roomcast.chat.internal.session;

import io.roomcast.chat.internal.execution.Execution;
import io.roomcast.chat.internal.port.HostSettings;
import io.roomcast.chat.internal.port.Ports;
import io.roomcast.chat.internal.presence.PresenceTrackers;
import io.roomcast.chat.internal.room.Rooms;
import io.roomcast.chat.internal.rule.IdRules;

/**
 * Assembles the package: the parts that admit sessions and their commands.
 *
 * @param revocations remembers revoked and removed users
 * @param lifecycle opens and closes sessions
 * @param surplus ends the sessions of users who have too many on all nodes
 * @param authentication authenticates tokens
 * @param permissions decides what users may do by their roles
 * @param authorizer decides which commands a session may run
 * @param rates limits how often a session may run commands
 * @param leaver takes sessions out of rooms
 * @param guard removes sessions of users who are not members
 */
public record Sessions(
        RecentRevocations revocations,
        SessionLifecycle lifecycle,
        SurplusSessions surplus,
        Authentication authentication,
        MemberPermissions permissions,
        Authorizer authorizer,
        RateLimitGuard rates,
        RoomLeaver leaver,
        RoomGuard guard) {
    /** Creates the parts, without sessions. */
    public static Sessions create(
            HostSettings settings,
            IdRules ids,
            Ports ports,
            Execution execution,
            Rooms rooms,
            PresenceTrackers presence) {
        RecentRevocations revocations = new RecentRevocations(settings.clock());
        SessionLifecycle lifecycle = lifecycle(settings, execution, rooms, presence, revocations);
        MemberPermissions permissions = new MemberPermissions(settings.permissions(), rooms.membershipCache());
        Authorizer authorizer =
                new Authorizer(ids, settings.accessPolicy(), ports.policy(), rooms.membershipCache(), permissions);
        RoomLeaver leaver = new RoomLeaver(rooms.registry(), presence.typing(), presence.viewing(), rooms.joinLeave());
        return new Sessions(
                revocations,
                lifecycle,
                surplus(settings, execution, rooms, lifecycle),
                authentication(settings, ids, ports, execution, revocations),
                permissions,
                authorizer,
                new RateLimitGuard(settings.rateLimiter(), lifecycle),
                leaver,
                guard(rooms, execution, authorizer, leaver));
    }

    private static SurplusSessions surplus(
            HostSettings settings, Execution execution, Rooms rooms, SessionLifecycle lifecycle) {
        SurplusSessions surplus = new SurplusSessions(
                rooms.registry(),
                rooms.others(),
                execution.scheduler(),
                settings.limits().sessionsPerUser(),
                lifecycle::endSurplus);
        lifecycle.onOpen(surplus::opened);
        return surplus;
    }

    private static SessionLifecycle lifecycle(
            HostSettings settings,
            Execution execution,
            Rooms rooms,
            PresenceTrackers presence,
            RecentRevocations revocations) {
        return new SessionLifecycle(
                rooms.registry(),
                presence.typing(),
                presence.viewing(),
                rooms.joinLeave(),
                presence.presence(),
                rooms.publisher(),
                revocations,
                settings.clock(),
                execution.scheduler());
    }

    private static RoomGuard guard(Rooms rooms, Execution execution, Authorizer authorizer, RoomLeaver leaver) {
        return new RoomGuard(
                rooms.registry(),
                rooms.membershipCache(),
                rooms.memberCache(),
                authorizer,
                leaver,
                execution.lanes(),
                rooms.publisher());
    }

    private static Authentication authentication(
            HostSettings settings, IdRules ids, Ports ports, Execution execution, RecentRevocations revocations) {
        return new Authentication(
                settings.authenticator(),
                ids,
                ports,
                revocations,
                execution.lanes(),
                execution.timeouts(),
                settings.clock());
    }
}
