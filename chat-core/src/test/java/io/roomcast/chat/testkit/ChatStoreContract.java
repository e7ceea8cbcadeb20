package io.roomcast.chat.testkit;

import org.junit.jupiter.api.Nested;

/**
 * The tests that every {@link io.roomcast.chat.spi.ChatStore} must pass. A store's author extends this class:
 *
 * <pre>{@code
 * class MyChatStoreTest extends ChatStoreContract {
 *     @Override
 *     protected StoreHarness newHarness() {
 *         return new MyHarness();
 *     }
 * }
 * }</pre>
 */
public abstract class ChatStoreContract {
    /** Returns an empty database; called once for each test, which closes it. */
    protected abstract StoreHarness newHarness();

    @Nested
    class Append extends AppendContract {
        Append() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Sequence extends SequenceContract {
        Sequence() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Idempotency extends IdempotencyContract {
        Idempotency() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class SeveralNodes extends MultiNodeContract {
        SeveralNodes() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class History extends HistoryContract {
        History() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Changes extends ChangeContract {
        Changes() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Reactions extends ReactionContract {
        Reactions() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Pins extends PinContract {
        Pins() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Conditions extends ConditionContract {
        Conditions() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Expiry extends ExpiryContract {
        Expiry() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class ConcurrentChanges extends ConcurrentChangeContract {
        ConcurrentChanges() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class CatchingUp extends CatchUpContract {
        CatchingUp() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Conversations extends ConversationContract {
        Conversations() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class ConversationLists extends ConversationListContract {
        ConversationLists() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Previews extends PreviewContract {
        Previews() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Membership extends MemberContract {
        Membership() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class FirstJoins extends FirstJoinContract {
        FirstJoins() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Receipts extends ReceiptContract {
        Receipts() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Mentioning extends MentionContract {
        Mentioning() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Preferring extends PreferenceContract {
        Preferring() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Calls extends CallContract {
        Calls() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Following extends FollowerContract {
        Following() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Notifying extends DeviceContract {
        Notifying() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Trimming extends TrimContract {
        Trimming() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Removal extends RemovalContract {
        Removal() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Retention extends RetentionContract {
        Retention() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Erasure extends ErasureContract {
        Erasure() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Deletion extends DeletionContract {
        Deletion() {
            super(ChatStoreContract.this::newHarness);
        }
    }

    @Nested
    class Restart extends RestartContract {
        Restart() {
            super(ChatStoreContract.this::newHarness);
        }
    }
}
