package io.roomcast.examples.chatserver.users;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomcast.chat.model.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JSON file with the names of users by their ids, each a text or an object with {@code name} and {@code avatarUrl}. Reads
 * the file again when it has changed. Safe for use by several threads.
 */
public final class UsersFile {
    private static final Logger log = LoggerFactory.getLogger(UsersFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS = Set.of("name", "avatarUrl");

    private final Path path;
    private FileTime readAt;
    private Map<String, UserProfile> users;

    private UsersFile(Path path) throws IOException {
        this.path = path;
        this.readAt = Files.getLastModifiedTime(path);
        this.users = read(path);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if the file cannot be read, or has another form
     */
    public static UsersFile of(Path path) throws IOException {
        return new UsersFile(path);
    }

    /** Returns the users by their ids. Keeps the previous ones while the file cannot be read. */
    public synchronized Map<String, UserProfile> users() {
        try {
            FileTime changedAt = Files.getLastModifiedTime(path);
            if (!changedAt.equals(readAt)) {
                readAt = changedAt;
                users = read(path);
            }
        } catch (IOException unreadable) {
            log.warn("Could not read {}: {}", path, unreadable.getMessage());
        }
        return users;
    }

    private static Map<String, UserProfile> read(Path path) throws IOException {
        JsonNode root = JSON.readTree(Files.readString(path));
        if (!root.isObject()) {
            throw new IOException("not an object");
        }
        Map<String, UserProfile> users = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            users.put(entry.getKey(), user(entry.getKey(), entry.getValue()));
        }
        return Map.copyOf(users);
    }

    private static UserProfile user(String userId, JsonNode value) throws IOException {
        if (value.isTextual()) {
            return UserProfile.named(userId, value.textValue());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (!FIELDS.contains(field.getKey()) || !field.getValue().isTextual()) {
                throw new IOException("unknown field or not a text: " + field.getKey());
            }
        }
        if (!value.isObject()) {
            throw new IOException("neither a name nor an object: the user " + userId);
        }
        return new UserProfile(userId, text(value, "name"), text(value, "avatarUrl"), null);
    }

    private static @Nullable String text(JsonNode user, String field) {
        return user.path(field).textValue();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
