package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which permissions each role has. Immutable.
 *
 * <p>A <em>guest</em> is a user whom the access policy permits to act without a membership, as all users in an open
 * conversation. By default:
 *
 * <ul>
 *   <li>guests and members have {@link Permission#SEND}, {@link Permission#SEND_FILE}, {@link Permission#REACT},
 *       {@link Permission#TYPE}, {@link Permission#SEND_EVENT}, {@link Permission#EDIT_OWN} and {@link
 *       Permission#DELETE_OWN};
 *   <li>members have {@link Permission#CALL}, too;
 *   <li>admins have {@link Permission#MENTION_ALL}, {@link Permission#PIN}, {@link Permission#DELETE_ANY}, {@link
 *       Permission#MANAGE} and {@link
 *       Permission#MEMBERS}, too;
 *   <li>owners have all.
 * </ul>
 *
 * <p>Some permissions do not exist everywhere. In a direct conversation both users are equal: both may pin messages,
 * and there is nothing to moderate or manage. In an open one the host appoints the members and their roles. A guest has no role above those of members, so
 * guests never have {@link Permission#ROLES}.
 */
public final class Permissions {
    private static final Set<Permission> ORDINARY = EnumSet.of(
            Permission.SEND,
            Permission.SEND_FILE,
            Permission.REACT,
            Permission.TYPE,
            Permission.SEND_EVENT,
            Permission.EDIT_OWN,
            Permission.DELETE_OWN);

    private static final Set<Permission> NOT_IN_DIRECT = EnumSet.of(
            Permission.MENTION_ALL,
            Permission.DELETE_ANY,
            Permission.MANAGE,
            Permission.MEMBERS,
            Permission.ROLES,
            Permission.DELETE_CONVERSATION);

    private static final Set<Permission> NOT_IN_OPEN = EnumSet.of(Permission.MEMBERS, Permission.ROLES);

    private static final Permissions DEFAULTS = new Permissions(defaultsOfRoles(), ORDINARY);

    private final Map<Role, Set<Permission>> ofRoles;
    private final Set<Permission> ofGuests;
    private final Set<Permission> ofAll;

    private Permissions(Map<Role, Set<Permission>> ofRoles, Set<Permission> ofGuests) {
        this.ofRoles = ofRoles;
        this.ofGuests = ofGuests;
        this.ofAll = copy(ofGuests);
        ofRoles.values().forEach(ofAll::retainAll);
        ofAll.removeAll(NOT_IN_DIRECT);
        ofAll.removeAll(NOT_IN_OPEN);
    }

    private static EnumSet<Permission> copy(Set<Permission> permissions) {
        EnumSet<Permission> copy = EnumSet.noneOf(Permission.class);
        copy.addAll(permissions);
        return copy;
    }

    private static Map<Role, Set<Permission>> defaultsOfRoles() {
        Map<Role, Set<Permission>> defaults = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            defaults.put(role, defaultsOf(role));
        }
        return defaults;
    }

    private static Set<Permission> defaultsOf(Role role) {
        EnumSet<Permission> defaults = copy(ORDINARY);
        switch (role) {
            case OWNER -> defaults.addAll(EnumSet.allOf(Permission.class));
            case ADMIN ->
                defaults.addAll(List.of(
                        Permission.CALL,
                        Permission.MENTION_ALL,
                        Permission.PIN,
                        Permission.DELETE_ANY,
                        Permission.MANAGE,
                        Permission.MEMBERS));
            case MEMBER -> defaults.add(Permission.CALL);
        }
        return defaults;
    }

    /** Returns the permissions that this class describes. */
    public static Permissions defaults() {
        return DEFAULTS;
    }

    /** Returns a copy in which a role has further permissions, and those that they require. */
    public Permissions grant(Role role, Permission... granted) {
        return with(role, granted(of(role), granted));
    }

    /** Returns a copy in which a role lacks some permissions, and those that require them. */
    public Permissions revoke(Role role, Permission... revoked) {
        return with(role, revoked(of(role), revoked));
    }

    /** Returns a copy in which guests have further permissions, as {@link #grant} does for a role. */
    public Permissions grantGuests(Permission... granted) {
        return new Permissions(ofRoles, granted(ofGuests, granted));
    }

    /** Returns a copy in which guests lack some permissions, as {@link #revoke} does for a role. */
    public Permissions revokeGuests(Permission... revoked) {
        return new Permissions(ofRoles, revoked(ofGuests, revoked));
    }

    private Set<Permission> of(Role role) {
        return requireNonNull(ofRoles.get(requireNonNull(role, "role")));
    }

    private Permissions with(Role role, Set<Permission> changed) {
        Map<Role, Set<Permission>> copy = new EnumMap<>(ofRoles);
        copy.put(role, changed);
        return new Permissions(copy, ofGuests);
    }

    private static Set<Permission> granted(Set<Permission> before, Permission... granted) {
        EnumSet<Permission> after = copy(before);
        after.addAll(Checks.list(Arrays.asList(requireNonNull(granted, "granted")), "granted"));
        for (Permission permission : granted) {
            if (permission.required() != null) {
                after.add(permission.required());
            }
        }
        return after;
    }

    private static Set<Permission> revoked(Set<Permission> before, Permission... revoked) {
        EnumSet<Permission> after = copy(before);
        after.removeAll(Checks.list(Arrays.asList(requireNonNull(revoked, "revoked")), "revoked"));
        after.removeIf(permission -> permission.required() != null && !after.contains(permission.required()));
        return after;
    }

    /**
     * Returns the permissions of a user in a conversation.
     *
     * @param role the user's role there, or null for a guest
     * @param kind the kind of the conversation
     */
    public Set<Permission> of(@Nullable Role role, ConversationKind kind) {
        EnumSet<Permission> permissions = copy(role == null ? ofGuests : of(role));
        permissions.removeAll(
                switch (requireNonNull(kind, "kind")) {
                    case DIRECT -> NOT_IN_DIRECT;
                    case GROUP -> Set.<Permission>of();
                    case OPEN -> NOT_IN_OPEN;
                });
        if (role == null) {
            permissions.remove(Permission.ROLES);
        } else if (kind == ConversationKind.DIRECT) {
            permissions.add(Permission.PIN);
        }
        return Collections.unmodifiableSet(permissions);
    }

    /** Returns whether every user has the permission in every conversation, so that no role need be known. */
    public boolean isForAll(Permission permission) {
        return ofAll.contains(requireNonNull(permission, "permission"));
    }
}
