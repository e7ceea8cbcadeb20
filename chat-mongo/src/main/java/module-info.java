/** Roomcast's conversations and messages, stored in MongoDB. */
module io.roomcast.chat.mongo {
    requires transitive io.roomcast.chat.core;
    requires transitive org.mongodb.driver.sync.client;
    requires org.mongodb.bson;
    requires org.mongodb.driver.core;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports io.roomcast.chat.mongo;
}
