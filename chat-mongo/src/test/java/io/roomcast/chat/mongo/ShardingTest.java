package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.spi.AppendResult;
import io.roomcast.chat.testkit.Drafts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The commands that shard the collections. */
class ShardingTest extends MongoCase {
    private static final Path STORE = Path.of("src/main/java/io/roomcast/chat/mongo/MongoChatStore.java");
    private static final Pattern SHARD = Pattern.compile("sh\\.shardCollection\\(\"chat\\.(\\w+)\", (\\{.*})\\);");

    private static List<String> commandsOfScript() throws IOException {
        try (InputStream script = MongoChatStore.class.getResourceAsStream("shard.js")) {
            assertThat(script).isNotNull();
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("name + \".", "\"chat.")
                    .replace("(name)", "(\"chat\")")
                    .lines()
                    .filter(line -> line.startsWith("sh."))
                    .toList();
        }
    }

    private static Map<String, Document> keys() throws IOException {
        return commandsOfScript().stream()
                .map(SHARD::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(match -> match.group(1), match -> Document.parse(match.group(2))));
    }

    @Test
    void documentation_of_the_store_has_the_commands_of_the_script() throws IOException {
        assertThat(Files.readString(STORE)
                        .lines()
                        .map(line -> line.replaceFirst("^ \\* ", ""))
                        .filter(line -> line.startsWith("sh.")))
                .containsExactlyElementsOf(commandsOfScript());
    }

    @Test
    void every_collection_but_meta_is_sharded() throws IOException {
        assertThat(keys())
                .containsOnlyKeys(
                        "messages",
                        "changes",
                        "receipts",
                        "conversations",
                        "members",
                        "preferences",
                        "followers",
                        "devices",
                        "pushes",
                        "calls");
    }

    @Test
    void unique_indexes_begin_with_the_shard_key() throws IOException {
        Map<String, Document> keys = keys();

        assertThat(Indexes.ALL)
                .filteredOn(index -> index.kind() == RequiredIndex.Kind.UNIQUE)
                .isNotEmpty()
                .allSatisfy(index -> assertThat(keys.get(index.collection()).keySet())
                        .containsExactly(index.fields().get(0)));
    }

    @Test
    void store_starts_on_the_indexes_of_the_shard_keys() throws IOException {
        keys().forEach((collection, key) -> database.getCollection(collection).createIndex(key));

        MongoChatStore store = builder().onePerConversation(true).build();

        store.create(NewConversation.group("g", "Group", List.of("alice")));
        assertThat(append(store, Drafts.text("g", "alice", "hello"))).isInstanceOf(AppendResult.Stored.class);
    }
}
