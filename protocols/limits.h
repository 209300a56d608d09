// Every bound of the system: value, unit, reason. A bound that two tenants need different becomes a
// setting.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace mitr::limits {

using namespace std::chrono_literals;

// -- the door in ----
/// Largest webhook body. Meta posts up to 3 MB (1000 updates); a little above, so that a limit hit
/// means an attack.
inline constexpr std::size_t kWebhookBytesMax = 3u << 20;
/// Largest HTTP header block of a request. Meta's is under 1 kB.
inline constexpr std::size_t kHeaderBytesMax = 16u << 10;
/// Open inbound connections per listener. Meta keeps tens open; beyond this a slow-loris is at
/// work.
inline constexpr std::size_t kConnectionsMax = 4096;
/// Messages accepted but not yet committed, in the whole node; above it webhooks get 503 and Meta
/// retries. At 5,000 turns/s this is under two seconds of work and about 20 MB.
inline constexpr std::size_t kTurnsInHandMax = 8192;
/// A webhook that is not settled by then is answered 503. Below Meta's own time-out of about 15 s.
inline constexpr auto kWebhookPatience = 10s;
/// A connection that sends nothing, or reads nothing, for this long is closed.
inline constexpr auto kConnectionIdle = 60s;
/// Items (messages and statuses) in one webhook; Meta: up to 1000 updates per POST.
inline constexpr std::size_t kWebhookItemsMax = 1000;
/// Bodies up to this share one JSON parser per thread; a larger body brings its own, freed after
/// it. A parser keeps about 15 times the largest body it has seen, and that holds message text.
inline constexpr std::size_t kParserKeepBytes = 64u << 10;
/// Bytes taken from a connection at once, and the most that is set aside for a body before its
/// bytes arrive.
inline constexpr std::size_t kReadBytesMax = 64u << 10;
/// After a last answer, what the client still sends is read and dropped this long, so that it can
/// read the answer.
inline constexpr auto kLingerMax = 2s;

// -- words ----
/// WhatsApp's own limit on text, in characters; in UTF-8 at most four bytes each.
inline constexpr std::size_t kTextBytesMax = std::size_t{4096} * 4;
/// Characters of a reply body the provider accepts (text 4096, interactive 1024); in bytes,
/// conservative.
inline constexpr std::size_t kReplyBytesMax = 4096;
/// Length of an unknown message type's name that is kept.
inline constexpr std::size_t kTypeCharsMax = 32;
/// A file's media type, in characters: the registry's own limit is 127 for each half, those in use
/// are shorter than this.
inline constexpr std::size_t kMimeCharsMax = 96;
/// A product's id in the business's catalogue, in bytes: the provider's limit for a retailer id.
inline constexpr std::size_t kProductIdBytesMax = 100;
/// Lines of one basket. The provider's catalogue messages show at most 30 products.
inline constexpr std::size_t kOrderItemsMax = 64;
/// Pieces of one product in a basket: more is no purchase but a slip.
inline constexpr std::uint32_t kOrderQuantityMax = 100'000;
/// Price of one piece, in paise: a crore of rupees.
inline constexpr std::int64_t kPricePaiseMax = 1'000'000'000;
/// Keys pressed for one answer: a card number has 16, a phone with its country code 15.
inline constexpr std::size_t kDigitsMax = 24;
/// Keys pressed for one number: beyond it nothing is counted that a person keys in.
inline constexpr std::size_t kNumberKeysMax = 9;
/// Words, numbers and marks of a message that are looked at; a longer text is kept whole but mined
/// no further.
inline constexpr std::size_t kTokensMax = 256;
/// Largest encoded turn or state that is read back: two texts and their quotes fit several times
/// over.
inline constexpr std::size_t kTurnBytesMax = 256u << 10;
/// Largest file of a pack. A long one is under 20 kB.
inline constexpr std::size_t kPackFileBytesMax = 1u << 20;
/// Versions of its pack that a tenant's conversations may still end under; each is under a megabyte
/// in memory. Whoever began under an older one is taken over by the newest.
inline constexpr std::size_t kPackVersionsMax = 8;
/// Between two looks for packs that were deployed. A person who deploys waits for it.
inline constexpr auto kPackPoll = 2s;
/// A contact's profile name, in bytes. WhatsApp allows 25 characters; with room for the provider to
/// double it.
inline constexpr std::size_t kNameBytesMax = 256;
/// An id given by the provider (wamid, BSUID, phone_number_id), in bytes. The longest documented
/// has 136.
inline constexpr std::size_t kProviderIdBytesMax = 512;
/// Id of a button or list row, in bytes: the provider's limit for buttons.
inline constexpr std::size_t kChoiceIdBytesMax = 256;
/// Callback data of a send, in bytes: the provider's limit. Ours has under 64.
inline constexpr std::size_t kCallbackBytesMax = 512;
/// Digits of a phone with its country code: E.164.
inline constexpr std::size_t kPhoneDigitsMax = 15;

// -- trained models ----
/// Words and letters of an utterance that a model looks at. The longest of the public sets has 90
/// words and 440 letters; beyond these it is no longer one thing said.
inline constexpr std::size_t kApceWordsMax = 256;
inline constexpr std::size_t kApceLettersMax = 2048;
/// Distinct features of one utterance: six a letter, as they repeat; the rest adds nothing.
inline constexpr std::size_t kApceGramsMax = 4096;
/// Intents told of one utterance: a person is asked between two or three.
inline constexpr std::size_t kApceGuessesMax = 5;
/// Examples one model is trained from: five times the largest public set.
inline constexpr std::size_t kApceExamplesMax = 100'000;
/// Intents of one model: a pack has under 20, the largest public set 150.
inline constexpr std::size_t kApceIntentsMax = 1000;
/// Slots of one model: a pack has under 20, the largest public set 57.
inline constexpr std::size_t kApceSlotsMax = 250;
/// Name of an intent or slot in a model, in bytes.
inline constexpr std::size_t kApceNameBytesMax = 256;
/// What a trainer is given at once: as many examples as it takes, of some 600 bytes.
inline constexpr std::size_t kLessonBytesMax = 64u << 20;
/// Memory of a trainer: the largest public set takes under 100 MB, a hundred thousand examples six
/// times that.
inline constexpr std::size_t kTrainerMemoryBytesMax = 1u << 30;
/// CPU of a trainer: the largest public set takes 10 s.
inline constexpr auto kTrainerCpuMax = 120s;
/// The same by the wall, on a machine that has other work.
inline constexpr auto kTrainerWallMax = 600s;
/// Reviewed utterances of one tenant that are read: ten a day for years.
inline constexpr std::size_t kReviewsMax = 20'000;
/// Utterances of one contact that may teach. More would let one person decide what words mean.
inline constexpr std::size_t kReviewsOfContactMax = 10;
/// Models of a tenant that stay though they were never promoted, and promoted ones one can go back
/// to. Each is under a megabyte.
inline constexpr std::size_t kModelsKept = 8;
inline constexpr std::size_t kModelsPromotedMax = 8;
/// Turns of the journal looked through for what is worth a review, and for a trial in the shadow of
/// the live model. Some 20 s of reading and understanding.
inline constexpr std::size_t kReviewTurnsMax = 200'000;
inline constexpr std::size_t kShadowTurnsMax = 2000;
/// Utterances among which the most telling are looked for: each is compared with each.
inline constexpr std::size_t kSuggestionsMax = 1500;
/// Largest model that is read. That of 150 intents and 15,000 examples has under 8 MB.
inline constexpr std::size_t kApceModelBytesMax = 64u << 20;
/// Largest table of word vectors that is read: 100,000 words of 304 numbers have 31 MB.
inline constexpr std::size_t kApceVectorsBytesMax = 64u << 20;
/// Numbers of one word vector; measured best is 304, and a model has a weight an intent for each.
inline constexpr std::size_t kApceVectorNumbersMax = 1024;
/// Words of a table: dictionaries of Debian have 90,000 that are met four times.
inline constexpr std::size_t kApceVectorWordsMax = 200'000;
/// One dictionary that vectors are made from, unpacked: the largest of Debian has 40 MB.
inline constexpr std::size_t kDictionaryBytesMax = 256u << 20;

// -- conversations ----
/// Records a flow offers at once: what WhatsApp's list message holds.
inline constexpr std::size_t kRecordsShownMax = 10;
/// Records one question of a flow may find: a family's children or a day's appointments, with room.
inline constexpr std::size_t kRecordsFoundMax = 500;
/// Records of one kind whose names a tenant's tagger knows; a large school has 5,000 pupils. Each
/// costs about 40 bytes of memory.
inline constexpr std::size_t kKnownRecordsMax = 20'000;
/// Flows of one conversation that wait for another to end. A person who is further from where they
/// began has forgotten it, and each is stored with the state.
inline constexpr std::size_t kWaitingFlowsMax = 4;
/// A conversation with nothing in hand this long is parked. Short: an idle actor costs 1.2 kB,
/// waking costs 10 us.
inline constexpr auto kParkAfter = 2s;
/// Messages of one contact waiting behind the one being decided. A person does not type more; a
/// loop does.
inline constexpr std::size_t kConversationQueueMax = 64;
/// Contacts whose parked record stays in memory, per tenant; beyond it the oldest live in the
/// journal only.
inline constexpr std::size_t kParkedMax = 200'000;
/// Between two looks for timers that fell due: a fifth of the lateness we promise, 1 s.
inline constexpr auto kTimerPoll = 200ms;
/// The same while there are more than one look brings.
inline constexpr auto kTimerPollBusy = 5ms;
/// Between two looks for what tenants tell us to do: a person of theirs who writes waits that long.
inline constexpr auto kInstructionPoll = 1s;
/// Instructions read at once beside those in hand: each is a live actor, as of kTimersInHandMax.
inline constexpr std::size_t kInstructionsMax = 200;
/// Rows at the head of the queue that may belong to tenants this node has not heard of.
inline constexpr std::size_t kInstructionsStrangeMax = 10'000;
/// An instruction that could not be carried out for so long is dropped: what a person wrote then
/// comes too late to leave, see kServiceWindow.
inline constexpr auto kInstructionExpiry = 24h;
/// Conversations woken by their timers and not yet done; each is a live actor of about 2 kB. More
/// are woken when half of them are done. Small, since who writes waits behind those that wake; by
/// estimate, not by measurement.
inline constexpr std::size_t kTimersInHandMax = 1000;
/// Due timers of tenants that a node does not know, over which it still finds the others: a node
/// that was not restarted since a large tenant came.
inline constexpr std::size_t kTimersStrangeMax = 10'000;
/// Hashes of the last messages a conversation remembers, to answer a repeat without the store.
inline constexpr std::size_t kRecentMessages = 8;

/// Steps of one flow, conditions within conditions, and how long a flow may wait for another
/// system: what a person can still read on two screens, and still expects an answer to.
inline constexpr std::size_t kStepsMax = 100;
inline constexpr std::size_t kIfDepthMax = 4;
inline constexpr std::int64_t kCallMinutesMax = 60;

// -- the store ----
/// Turns in one transaction. Measured: 256 reaches most of the COPY limit and keeps the commit
/// under 3 ms.
inline constexpr std::size_t kBatchTurnsMax = 256;
/// How long a writer keeps trying to commit a batch before it answers kUnavailable. Below
/// kWebhookPatience.
inline constexpr auto kCommitPatience = 6s;
/// First and last pause between attempts to reach the store.
inline constexpr auto kStoreRetryMin = 50ms;
inline constexpr auto kStoreRetryMax = 1s;
/// Longest a pack may wait before it reminds: the provider takes free words for 24 hours after the
/// contact's last message, and the reminder needs to arrive.
inline constexpr std::int64_t kRemindMinutesMax = std::int64_t{23} * 60;
/// Longest we leave a conversation to a person without being handed it back: a working day.
inline constexpr std::int64_t kHumanMinutesMax = std::int64_t{12} * 60;
/// Longest a half-filled form is kept after its reminder. A month: its dates mean nothing by then.
inline constexpr std::int64_t kLapseMinutesMax = std::int64_t{30} * 24 * 60;
/// How long a lease on a shard holds without being renewed, unless the settings say otherwise: a
/// node that was stopped for longer has lost it. Three renewals may fail.
inline constexpr auto kLeaseLasts = 10s;
/// Renewals in the time a lease holds.
inline constexpr int kLeaseRenewals = 4;
/// A turn may be committed this long after its transaction began; replies are looked for that much
/// earlier than all are known to have ended. Above kCommitPatience and the mailbox behind it.
inline constexpr auto kSettledMargin = 30s;
/// After the store's clock was set back, replies are looked for this far around: as long as one may
/// wait to leave.
inline constexpr auto kClockDoubt = 6h;
/// Marks wait this long for others to be written with: a batch of their own costs as much as turns.
inline constexpr auto kMarksLinger = 20ms;
/// As many marks as this are written at once.
inline constexpr std::size_t kMarksMax = 128;
/// Conversations read from the store at once when many wake: many share the trip, by estimate.
inline constexpr std::size_t kWakesMax = 128;
/// Rows read at once when conversations wake or due messages are swept.
inline constexpr std::size_t kReadRowsMax = 1000;
/// The private database may need this long to start: after a crash it replays up to max_wal_size of
/// log.
inline constexpr auto kClusterStartPatience = 60s;
/// A fast shutdown writes what memory holds; then the server is killed and recovers at the next
/// start.
inline constexpr auto kClusterStopPatience = 15s;

// -- the door out ----
/// Connections to the provider, per node. 80 messages/s a number at 100 ms each need 8; this
/// carries 60 numbers.
inline constexpr std::size_t kCourierConnectionsMax = 64;
/// The provider's answer is waited for this long; then the message is `unknown`, not lost and not
/// resent blindly.
inline constexpr auto kSendTimeout = 10s;
/// Largest answer read from the provider.
inline constexpr std::size_t kSendAnswerBytesMax = 64u << 10;
/// First and last pause before a refused message is tried again (Meta's advice for 130429: 1, 2, 4
/// … 60 s).
inline constexpr auto kSendRetryMin = 1s;
inline constexpr auto kSendRetryMax = 60s;
/// After a restart, a due reply waits this long for a status webhook that proves it had already
/// left.
inline constexpr auto kResendGrace = 3s;
/// Due rows that memory does not know are looked for this often; they exist only after a fault.
inline constexpr auto kOutboxSweepEvery = 15s;
/// A reply whose send was not answered is sent once more if no status came this long, and nothing
/// else went to that person meanwhile. Meta's statuses come within seconds.
inline constexpr auto kUnknownPatience = 60s;
/// Such replies held in memory; beyond it they are left to their status. Under 10 MB.
inline constexpr std::size_t kUnknownMax = 10'000;
/// Tenants swept at once by the periodic look, so that ten thousand tenants are no burst.
inline constexpr std::size_t kTenantsSweptMax = 64;
/// Messages per second of one number (Meta's default throughput), when the tenant's pacing is on.
inline constexpr std::uint32_t kNumberRatePerSecond = 80;
/// POSTs waiting for a connection; beyond it a new one is not sent. Two full seconds of 8,000
/// sends, about 30 MB.
inline constexpr std::size_t kPostQueueMax = 16'384;
/// After a refused connection, others being up, no further one is tried for this long.
inline constexpr auto kConnectPause = 1s;
/// The provider's limits on what it sends, in UTF-16 units: what it counts is not documented, this
/// is strictest.
inline constexpr std::size_t kSendTextUnitsMax = 4096;
inline constexpr std::size_t kSendInteractiveUnitsMax = 1024;
inline constexpr std::size_t kSendParameterUnitsMax = 1024;
inline constexpr std::size_t kSendButtonTitleUnitsMax = 20;
/// Buttons under one message: the provider's limit.
inline constexpr std::size_t kSendButtonsMax = 3;
/// Rows of a list message, in all its sections: the provider's limit; more answers stay words.
inline constexpr std::size_t kSendRowsMax = 10;
inline constexpr std::size_t kSendRowTitleUnitsMax = 24;

// -- the Graph simulator (a tool beside the node) ----
/// Events of one chat that the simulator remembers; a page that opens later sees this much of the
/// past.
inline constexpr std::size_t kSimEventsPerChat = 500;
/// Chats in memory; beyond it the one untouched longest is forgotten. At 500 short events each
/// under 1 GB.
inline constexpr std::size_t kSimChatsMax = 10'000;
/// Pages and terminals waiting for news at once; beyond it the oldest is answered empty-handed.
inline constexpr std::size_t kSimPollsMax = 64;
/// A poll without news is answered after this long: below kWebhookPatience, after which the
/// listener says 503.
inline constexpr auto kSimPollPatience = 8s;
/// A chat counts as open on a screen this long after the last poll that named it.
inline constexpr auto kSimScreenOpen = 12s;
/// Webhooks not yet settled, over all chats; beyond it new ones are dropped, as Meta drops after
/// days.
inline constexpr std::size_t kSimWebhooksMax = 20'000;
/// First and last pause before a webhook is posted again, and how often in all (about four
/// minutes).
inline constexpr auto kSimRetryMin = 1s;
inline constexpr auto kSimRetryMax = 30s;
inline constexpr int kSimAttemptsMax = 12;
/// The provider's customer service window: free words are allowed this long after the contact's
/// last message.
inline constexpr auto kServiceWindow = 24h;
/// Largest request body the simulator reads; Meta's own sends are a few kB.
inline constexpr std::size_t kSimBodyBytesMax = 256u << 10;

/// Webhooks of one script, copies of each, and how late one may be: a storm that a person watches.
inline constexpr std::size_t kSimScriptLinesMax = 1000;
inline constexpr std::size_t kSimScriptTimesMax = 20;
inline constexpr auto kSimScriptDelayMax = 600s;

// -- the load driver (a tool beside the node) ----
/// Dialogues of one run. Each is remembered to its end, so that a late second reply is known as
/// one: under 100 bytes each.
inline constexpr std::size_t kLoadPeopleMax = 1'000'000;
/// People in a dialogue at the same time; beyond it who arrives is turned away, and counted.
inline constexpr std::size_t kLoadAtOnceMax = 100'000;
/// Turns per second an open loop may offer: several times what one machine answers.
inline constexpr double kLoadRateMax = 50'000;
/// Longest run: a day and a night of soak.
inline constexpr auto kLoadLastsMax = 24h;
/// Connections to the webhook. Meta keeps tens open; beyond this the listener's own bound is near.
inline constexpr std::size_t kLoadConnectionsMax = 1024;
/// Messages one person sends before the replies come; half of what a conversation queues at most
/// would already be a loop, not a person.
inline constexpr std::size_t kLoadAheadMax = 8;
/// Turns of a script: one bit each of a 32-bit word. The demo packs' longest flow has seven.
inline constexpr std::size_t kLoadTurnsMax = 32;
/// Largest script file; those of the demo packs have under 2 kB.
inline constexpr std::size_t kLoadScriptBytesMax = 64u << 10;
/// Longest a reply is waited for before it counts as lost: above the provider time-out, retries and
/// the resend of an unknown send.
inline constexpr auto kLoadReplyPatienceMax = 600s;
/// Latest the driver's Graph endpoint may answer: well beyond kSendTimeout, where the answer is
/// lost.
inline constexpr auto kLoadGraphDelayMax = 30s;
/// Status webhooks waiting for a connection; beyond it they are left out, and counted.
inline constexpr std::size_t kLoadStatusesWaitingMax = 20'000;
/// Points of the series in a report: a pixel or two each. A longer run is sampled more seldom.
inline constexpr std::size_t kLoadSamplesMax = 600;
/// Faults described in a report; the rest are only counted.
inline constexpr std::size_t kLoadFaultsShown = 20;

// -- accounts ----
/// Bytes of each word of a provider about an account that are kept: a template's name has 512.
inline constexpr std::size_t kStandingBytesMax = 600;

/// Filed items are kept for so long: the provider's own memory of a webhook is a week, and a later
/// version that reads more comes within a quarter.
inline constexpr std::chrono::hours kFiledKept{24 * 100};
/// Filed rows that one statement removes, so that it locks little.
inline constexpr std::size_t kFiledRemovedMax = 10'000;

// -- media ----
/// Largest file of each kind that a contact can send. Meta, "Supported media types".
inline constexpr std::size_t kImageBytesMax = 5u << 20;
inline constexpr std::size_t kStickerBytesMax = 500u << 10;
inline constexpr std::size_t kAudioBytesMax = 16u << 20;
inline constexpr std::size_t kVideoBytesMax = 16u << 20;
inline constexpr std::size_t kDocumentBytesMax = 100u << 20;
/// A file is sealed and stored in pieces of this size, and no more of it is in memory at once.
inline constexpr std::size_t kMediaPieceBytes = 256u << 10;
/// Between two looks for files to fetch.
inline constexpr auto kMediaPoll = 2s;
/// A provider's address of a file is good for 5 minutes: by then it must have been asked for.
inline constexpr auto kMediaAddressLife = 4min;
/// Files fetched at once, each by a thread with a connection to the store and some 600 kB. At 200
/// kB a second and 100 kB a photo they keep up with 16 photos a second, more than a node's mornings
/// bring.
inline constexpr std::size_t kMediaFetchesMax = 8;
/// Of these at one host: as long as a host is slow, the others' files find a thread.
inline constexpr std::size_t kMediaFetchesPerHostMax = 6;
/// A file whose host has its share of the threads is looked at again after this.
inline constexpr auto kMediaAside = 5s;
/// Hosts that files may come from. Meta's come from one.
inline constexpr std::size_t kMediaHostsMax = 8;
/// Times that one try asks where a file is: an address may have aged, or be forgotten, just then.
inline constexpr int kMediaAsksMax = 2;
/// Redirects that one try follows; Meta's addresses have none.
inline constexpr int kMediaRedirectsMax = 3;
/// A whole file, at 200 kB a second.
inline constexpr auto kMediaPatience = 10min;
/// After a failure, doubled each time.
inline constexpr auto kMediaRetryMin = 10s;
inline constexpr auto kMediaRetryMax = 6h;
/// A media id is good for 7 days: then the file is gone.
inline constexpr std::chrono::hours kMediaLife{24 * 7};
/// Files looked for at once.
inline constexpr std::size_t kMediaDueMax = 32;
/// Answer to a question where a file is: some 500 bytes.
inline constexpr std::size_t kMediaAnswerBytesMax = 16u << 10;

// -- imports ----
/// Largest table of a tenant's back office: a hundred thousand rows of some 300 bytes.
inline constexpr std::size_t kImportBytesMax = 32u << 20;
/// Rows of one import, which is one transaction; the largest schools have under 20,000 pupils.
inline constexpr std::size_t kImportRowsMax = 100'000;
/// Rows of an import that are told to be wrong, one by one; beyond it the mistake is the table's.
inline constexpr std::size_t kImportMistakesMax = 200;
/// Longest field of a record: a line of an order, not a letter.
inline constexpr std::size_t kImportFieldBytesMax = 1000;

// -- settings ----
/// Largest settings file. A thousand seeded tenants take under 300 kB; more are rows, not
/// configuration.
inline constexpr std::size_t kSettingsBytesMax = 1u << 20;
/// Secrets of one file: the one in force and those being rotated out; a webhook is tried against
/// each.
inline constexpr std::size_t kSecretsMax = 8;
/// Actor threads of a node. The shared scheduler queue gains nothing beyond the cores of any
/// machine we know.
inline constexpr std::size_t kWorkersMax = 64;
/// Journal writers of a node. Each is a thread and a connection; group commit makes one enough for
/// most nodes.
inline constexpr std::size_t kWritersMax = 16;
/// Longest a setting may keep an idle conversation live. A day: WhatsApp's service window.
inline constexpr std::int64_t kParkAfterSecondsMax = 86'400;
/// Longest a setting may let a lease hold: for this long nobody would answer a dead node's
/// contacts.
inline constexpr std::int64_t kLeaseSecondsMax = 300;
/// Fewest digits of a phone with its country code; the shortest in use have 8.
inline constexpr std::size_t kPhoneDigitsMin = 8;
/// Digits of a provider's number id. Meta's have 15 or 16; 20 hold any 64-bit number.
inline constexpr std::size_t kNumberDigitsMax = 20;
/// Characters of a tenant's slug: a DNS label, so that it may name a host later.
inline constexpr std::size_t kSlugCharsMax = 63;

}  // namespace mitr::limits
