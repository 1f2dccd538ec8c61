// Package bottest is the contract that every adapter passes.
package bottest
