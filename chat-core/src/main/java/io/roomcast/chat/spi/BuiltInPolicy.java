package io.roomcast.chat.spi;

import io.roomcast.chat.model.NewConversation;

/** The access policies of our own; each is always the same object. */
enum BuiltInPolicy implements AccessPolicy {
    OPEN_ROOMS {
        @Override
        public boolean permits(AccessRequest request, Membership membership) {
            return !NewConversation.isDirect(request.conversationId()) || MEMBERS_ONLY.permits(request, membership);
        }
    },
    MEMBERS_ONLY {
        @Override
        public boolean permits(AccessRequest request, Membership membership) {
            return request.userId() != null && membership.isMember(request.conversationId(), request.userId());
        }
    }
}
