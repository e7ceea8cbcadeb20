package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterSettings;
import com.mongodb.connection.ClusterType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares a database before its use: connects, migrates the schema, creates indexes, and reads its identity. */
final class Startup {
    private static final Logger log = LoggerFactory.getLogger(MongoChatStore.class);

    private static final String SINGLE_SERVER =
            " is a single server: messages are lost if its disk fails, and the driver"
                    + " cannot retry a write whose reply was lost; use a replica set in production";

    private static final String WEAK_CONCERN = ", so acknowledged writes may be lost when the primary changes; the"
            + " chat still writes with w=majority, but the host's other data are affected";

    private static final String NO_READ_TIMEOUT =
            " has no read timeout, so each command of the chat ends after %s s; set"
                    + " socketTimeoutMS, such as 5000, to detect a server that does not respond sooner";

    private Startup() {}

    /**
     * Prepares the database.
     *
     * @param clock determines when a dead node's lease has expired
     * @return what identifies the database
     * @throws IllegalStateException if it cannot be reached or used; the message is one line that names the
     *     hosts and contains no credential
     */
    static DatabaseIdentity prepare(MongoClient client, ChatDatabase database, Clock clock) {
        try {
            database.ping();
            ClusterType cluster = client.getClusterDescription().getType();
            WriteConcern concern = client.getDatabase(database.name()).getWriteConcern();
            warnings(hosts(client), cluster, concern).forEach(log::warn);
            prepare(database, client.getDatabase("admin"), clock);
            return Repeat.once(() -> DatabaseIdentity.of(database.meta()));
        } catch (MongoException failure) {
            throw new IllegalStateException(
                    "MongoDB at " + hosts(client) + " " + reason(failure, database.name()), failure);
        }
    }

    private static void prepare(ChatDatabase database, MongoDatabase admin, Clock clock) {
        IndexBuild indexes = new IndexBuild(database, admin);
        MessageLog log = new MessageLog(database.messages(), clock);
        Schema schema = new Schema(database, clock, List.of(new ErasableMigration(database, log, indexes)));
        schema.check();
        DocumentCheck.check(database);
        schema.migrate();
        indexes.run();
        ExpiryDelay.ensure(database);
    }

    /** Sets a time limit for each command if the client has none, so that no command waits forever. */
    static ChatDatabase limited(MongoClient client, ChatDatabase database, Duration limit) {
        if (ClientTimeouts.areSet(client)) {
            return database;
        }
        log.warn("The client of MongoDB at {}{}", hosts(client), NO_READ_TIMEOUT.formatted(limit.toSeconds()));
        return database.limitedTo(limit);
    }

    /**
     * Returns warnings about risky settings of the database.
     *
     * @param hosts the addresses to show
     * @param concern the write concern of the host's client, which the chat itself does not use
     */
    static List<String> warnings(String hosts, ClusterType cluster, WriteConcern concern) {
        List<String> warnings = new ArrayList<>();
        if (cluster == ClusterType.STANDALONE) {
            warnings.add("MongoDB at " + hosts + SINGLE_SERVER);
        }
        if (isWeak(concern)) {
            warnings.add("The client of MongoDB at " + hosts + " writes with w=" + concern.getWObject() + WEAK_CONCERN);
        }
        return warnings;
    }

    /** Returns whether fewer than two members acknowledge. For other numbers, only the cluster knows the majority. */
    private static boolean isWeak(WriteConcern concern) {
        return concern.getWObject() instanceof Integer members && members <= 1;
    }

    private static String reason(MongoException failure, String database) {
        if (failure instanceof MongoSecurityException) {
            return "refused the credentials";
        }
        if (failure instanceof MongoTimeoutException) {
            return "cannot be reached";
        }
        String code = failure.getCode() > 0 ? ", code " + failure.getCode() : "";
        return "cannot use the database " + database + " (" + failure.getClass().getSimpleName() + code + ")";
    }

    private static String hosts(MongoClient client) {
        ClusterSettings settings = client.getClusterDescription().getClusterSettings();
        String srvHost = settings.getSrvHost();
        return srvHost != null
                ? srvHost
                : settings.getHosts().stream().map(ServerAddress::toString).collect(Collectors.joining(","));
    }
}
