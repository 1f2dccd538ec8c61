package slack

// What Slack takes. Lengths are of texts as they are sent, escapes included, in
// UTF-16 units, which is the most that anybody counts.
const (
	maxBlocks   = 50   // https://docs.slack.dev/reference/block-kit/blocks
	maxHeader   = 150  // https://docs.slack.dev/reference/block-kit/blocks/header-block
	maxSection  = 3000 // https://docs.slack.dev/reference/block-kit/blocks/section-block
	maxElements = 4    // of a context, of the 10 that Slack takes, as one message has room for so many: https://docs.slack.dev/reference/block-kit/blocks/context-block
	maxContext  = 1999 // one of them; the page gives none, and 2,000 was refused
	maxButtons  = 25   // https://docs.slack.dev/reference/block-kit/blocks/actions-block
	maxLabel    = 75   // https://docs.slack.dev/reference/block-kit/block-elements/button-element
	maxValue    = 2000 // likewise
	maxEntries  = 5    // https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
	maxEntry    = 75   // its text and its value: https://docs.slack.dev/reference/block-kit/composition-objects/option-object
	maxActionID = 255  // https://docs.slack.dev/reference/block-kit/block-elements/button-element
	maxText     = 4000 // https://docs.slack.dev/reference/methods/chat.postMessage
	// Of all texts of the blocks together. It is undocumented; messages of 11,341
	// were refused: https://github.com/slackapi/bolt-js/issues/2867
	maxSum = 9999
	// A longer address is no link, so that a sentence has room beside it.
	maxLink = 2000
	// A longer name stands before its link and not in it, a longer label isn't bold:
	// these are never broken.
	maxWhole = 300
)
