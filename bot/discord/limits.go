package discord

// What Discord takes. Lengths are of texts as they are sent, escapes included, in
// UTF-16 units, which is the most that anybody counts.
const (
	maxContent = 2000 // https://discord.com/developers/docs/resources/message#create-message
	maxRows    = 5    // https://discord.com/developers/docs/components/reference#action-row
	maxButtons = 5    // in a row
	maxLabel   = 80   // https://discord.com/developers/docs/components/reference#button
	maxID      = 100  // a custom_id: https://discord.com/developers/docs/components/reference#anatomy-of-a-component
	maxEntries = 25   // https://discord.com/developers/docs/components/reference#string-select
	maxEntry   = 100  // an entry's label and value
	maxThread  = 100  // a thread's name: https://discord.com/developers/docs/resources/channel#start-thread-from-message
	maxTitle   = 45   // of a modal, and a label in it
	maxInput   = 4000 // https://discord.com/developers/docs/components/reference#text-input
	maxHint    = 100  // what stands in an input that is empty
	maxChoices = 25   // https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
	maxChoice  = 100
	maxHelp    = 100  // a command's or an option's description
	maxName    = 32   // likewise its name
	maxPage    = 100  // messages: https://discord.com/developers/docs/resources/message#get-channel-messages
	threadLife = 4320 // minutes without a message until Discord archives a thread
	// A longer address is no link, so that a sentence has room beside it.
	maxLink = 500
	// A longer name stands before its link and not in it, a longer label isn't bold:
	// these are never broken.
	maxWhole = 300
)
