package main

import (
	"attache/digest/ask"
)

// searchWhy is why articles were ranked as they were.
type searchWhy struct {
	Question ask.Understanding `json:"question"`
	Terms    []string          `json:"terms"`
	Abstain  string            `json:"abstain,omitempty"`
	Articles []articleWhy      `json:"articles"`
}

// articleWhy is what an article has of what was asked for, each from 0 to 1.
type articleWhy struct {
	ID string `json:"id"`
	ask.Weighed
}

// answerWhy is how a question was read and which sentences were quoted.
type answerWhy struct {
	Question  ask.Understanding `json:"question"`
	Sentences []sentenceWhy     `json:"sentences"`
}

// sentenceWhy is why a sentence was quoted or dropped.
type sentenceWhy struct {
	ID string `json:"id"`
	ask.Judged
}

func (sh *shelf) whyRanked(r *ask.Ranking) *searchWhy {
	why := &searchWhy{Question: r.Understood, Terms: r.Terms, Abstain: r.WhyAbstain, Articles: []articleWhy{}}
	for _, w := range r.Weighed {
		why.Articles = append(why.Articles, articleWhy{sh.names[w.Article], w})
	}
	return why
}

func (sh *shelf) whyAnswered(a *ask.Answer) *answerWhy {
	why := &answerWhy{Question: a.Head.Understanding, Sentences: []sentenceWhy{}}
	for _, j := range a.Judged() {
		why.Sentences = append(why.Sentences, sentenceWhy{sh.names[j.Article], j})
	}
	return why
}
