package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What users see of a user: a name, a picture and other data of the host. Immutable.
 *
 * <p>Clients receive only valid values; the chat leaves out the others.
 *
 * @param userId the user's id
 * @param name the name to show, or null; 1 to {@value FixedLimits#USER_NAME_LENGTH} UTF-16 units without control or
 *     invisible characters, and without a space at either end
 * @param avatarUrl the address of a picture, or null; an http or https URL of at most
 *     {@value FixedLimits#AVATAR_URL_LENGTH} UTF-16 units
 * @param metadata a JSON object as text that the chat does not read, or null; at most
 *     {@value FixedLimits#METADATA_LENGTH} UTF-16 units
 */
public record UserProfile(
        String userId,
        @Nullable String name,
        @Nullable String avatarUrl,
        @Nullable String metadata) {
    /** Rejects a missing id. */
    public UserProfile {
        requireNonNull(userId, "userId");
    }

    /** Returns a user with a name. */
    public static UserProfile named(String userId, String name) {
        return new UserProfile(userId, requireNonNull(name, "name"), null, null);
    }

    /** Returns a copy with the address of a picture. */
    public UserProfile withAvatarUrl(String avatarUrl) {
        return new UserProfile(userId, name, requireNonNull(avatarUrl, "avatarUrl"), metadata);
    }

    /** Returns a copy with metadata, a JSON object as text. */
    public UserProfile withMetadata(String metadata) {
        return new UserProfile(userId, name, avatarUrl, requireNonNull(metadata, "metadata"));
    }
}
